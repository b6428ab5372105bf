// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

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
