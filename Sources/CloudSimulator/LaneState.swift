// SPDX-License-Identifier: Apache-2.0

internal import NIOCore

/// One lane as it stands: what it may take in, and what it has done.
struct LaneState {
    let lane: CloudLane
    var capacity: LaneCapacity
    var counters = LaneCounters()

    /// Takes down how a request ended, and gives back what it did not use.
    mutating func end(_ served: ServedRequest, as ending: RequestEnding, now: NIODeadline) {
        let prompt = served.request.promptTokens
        capacity.settle(admitted: prompt + served.completionTokens, used: prompt + ending.tokensSent, now: now)
        switch ending.kind {
        case .completed: counters.completed += 1
        case .cancelled: counters.cancelled += 1
        case .brokenOff: counters.brokenOff += 1
        }
        if let reported = ending.completionTokensReported {
            counters.promptTokens += prompt
            counters.completionTokens += reported
        } else {
            counters.unreportedPromptTokens += prompt
            counters.unreportedCompletionTokens += ending.tokensSent
        }
    }
}
