// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// Counts reloads, for `/metrics`.
final class ReloadCounts: Sendable {
    /// What became of a reload.
    enum Result: String, CaseIterable {
        /// Something is other than before.
        case applied
        /// Nothing had changed.
        case unchanged
        /// The configuration is wrong, or changes what only a restart can.
        case refused
        /// It could not be carried out.
        case failed
    }

    private struct State {
        var counts: [Result: UInt64] = [:]
        var isLastGood = true
        var inForceSince = ContinuousClock.now
    }

    private let state = Mutex(State())

    func count(_ result: Result) {
        state.withLock { state in
            state.counts[result, default: 0] += 1
            state.isLastGood = result == .applied || result == .unchanged
            if state.isLastGood { state.inForceSince = .now }
        }
    }

    /// The lines of `/metrics`.
    var text: String {
        let (counts, isLastGood, age) = state.withLock {
            ($0.counts, $0.isLastGood, (ContinuousClock.now - $0.inForceSince).components.seconds)
        }
        let lines = Result.allCases.map {
            "concordat_config_reloads_total{result=\"\($0.rawValue)\"} \(counts[$0] ?? 0)\n"
        }
        return """
            # HELP concordat_config_reloads_total Reloads of the configuration by what became of them.
            # TYPE concordat_config_reloads_total counter
            \(lines.joined())\
            # HELP concordat_config_last_reload_success Whether the last reload was carried out; 1 before the first.
            # TYPE concordat_config_last_reload_success gauge
            concordat_config_last_reload_success \(isLastGood ? 1 : 0)
            # HELP concordat_config_age_seconds Since when the configuration in force was last read.
            # TYPE concordat_config_age_seconds gauge
            concordat_config_age_seconds \(age)

            """
    }
}
