// SPDX-License-Identifier: Apache-2.0

internal import UnixSignals

/// Waits for the order to stop.
enum Signals {
    /// Returns at SIGTERM or SIGINT.
    static func wait() async {
        for await _ in await UnixSignalsSequence(trapping: .sigterm, .sigint) { return }
    }
}
