// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import NIOCore

/// The time on one event loop, read at the beginning of each event and the same for all that happens in it.
///
/// Where each use read it anew, some twenty times a request, that was a twenty-fifth of the loop's time.
final class LoopClock {
    /// The steady clock's time.
    private(set) var now: NIODeadline
    /// The gateway's time, as the ledger has it.
    private(set) var instant: Instant
    private let clock: GatewayClock

    init(_ clock: GatewayClock) {
        self.clock = clock
        now = .now()
        instant = clock.now()
    }

    /// Reads the clocks: an event begins.
    func read() {
        now = .now()
        instant = clock.now()
    }
}
