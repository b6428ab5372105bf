// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// Passes on trouble that people should read, the same words at most once a minute.
final class TroubleFilter: Sendable {
    /// How long the same words are kept back.
    private static let quiet = Duration.seconds(60)

    private let last = Mutex<(text: String, at: ContinuousClock.Instant)?>(nil)
    private let onTrouble: @Sendable (String) -> Void

    init(_ onTrouble: @escaping @Sendable (String) -> Void) {
        self.onTrouble = onTrouble
    }

    func tell(_ text: String) {
        let isNew = last.withLock { last in
            let now = ContinuousClock.now
            if let last, last.text == text, now - last.at < Self.quiet { return false }
            last = (text, now)
            return true
        }
        if isNew { onTrouble(text) }
    }
}
