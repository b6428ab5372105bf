// SPDX-License-Identifier: Apache-2.0

package import Agreement
package import Gateway
internal import Synchronization

/// How far a demonstration is.
package struct DemoProgress: Sendable {
    /// How many requests there will be.
    package let total: Int
    /// What the gateway has counted.
    package let metrics: LoopMetrics
    package let facts: Facts
    /// Since the start.
    package let seconds: Double

    /// The lanes that lack capacity now.
    package var openWindows: [String] {
        zip(facts.configuration.deployments.lanes, facts.windows).compactMap { lane, window in
            window.state == .sufficient ? nil : "\(lane.cloud) \(lane.lane.name) \(window.state.name)"
        }
    }
}

/// Sums up the answers that clients got.
final class DemoTally: Sendable {
    private struct State {
        var report = DemoReport()
        var times: [Double] = []
    }

    private let state = Mutex(State())

    func add(_ answer: LoadClient.Answer) {
        state.withLock { state in
            state.report.sent += 1
            state.report.answers[answer.status, default: 0] += 1
            if !answer.isWhole, answer.status != 0 { state.report.brokenOff += 1 }
            if let wait = answer.retryAfterMilliseconds {
                let known = state.report.retryAfterMilliseconds
                state.report.retryAfterMilliseconds = [min(known.first ?? wait, wait), max(known.last ?? wait, wait)]
            }
            state.times.append(answer.milliseconds)
        }
    }

    func report() -> DemoReport {
        state.withLock { state in
            let times = state.times.sorted()
            var report = state.report
            if !times.isEmpty {
                report.medianMilliseconds = times[times.count / 2]
                report.p99Milliseconds = times[min(times.count - 1, times.count * 99 / 100)]
            }
            return report
        }
    }
}

extension Duration {
    /// The duration in seconds.
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
