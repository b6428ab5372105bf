// SPDX-License-Identifier: Apache-2.0

internal import NIOCore
package import Providers
internal import Synchronization

/// Tells people that a deployment fails or serves again: once for each change, and about one no more than once a minute.
///
/// Only what an operator can mend counts: outages, refused credentials and credit.
package final class UpstreamWatch: Sendable {
    /// How long a deployment that fails again is not spoken of, in seconds.
    package static let quietSeconds: Int64 = 60
    /// How many deployments are remembered.
    static let deploymentsMax = 4_096

    /// What happened to a deployment.
    package struct Change: Sendable, Equatable {
        package var deployment: String
        /// How it fails; `nil` where it serves again.
        package var failing: SignalClass?
    }

    private struct State {
        var isTold = false
        var toldAt: NIODeadline?
    }

    private let states = Mutex<[String: State]>([:])
    private let tell: @Sendable (Change) -> Void

    /// A watch that tells of changes.
    package init(_ tell: @escaping @Sendable (Change) -> Void) {
        self.tell = tell
    }

    /// Takes in how an event loop sees a deployment.
    func note(_ deployment: String, failing: SignalClass?, now: NIODeadline = .now()) {
        let isNews = states.withLock { states in
            var state = states[deployment] ?? State()
            if failing == nil {
                guard state.isTold else { return false }
                state.isTold = false
            } else {
                let isQuiet = state.toldAt.map { now - $0 < .seconds(Self.quietSeconds) } ?? false
                guard !state.isTold, !isQuiet else { return false }
                state.isTold = true
                state.toldAt = now
            }
            if states.count >= Self.deploymentsMax { states.removeAll(keepingCapacity: true) }
            states[deployment] = state
            return true
        }
        if isNews { tell(Change(deployment: deployment, failing: failing)) }
    }
}
