// SPDX-License-Identifier: Apache-2.0

/// What a lane has done since the start; `arrived = admitted + refused`, and an admitted request ends in one way.
package struct LaneCounters: Codable, Equatable, Sendable {
    /// Requests that reached the lane.
    package var arrived = 0
    /// Requests taken in.
    package var admitted = 0
    /// Requests answered to their end.
    package var completed = 0
    /// Requests that the client left.
    package var cancelled = 0
    /// Requests that a fault cut off.
    package var brokenOff = 0
    /// Requests refused, by ``RefusalReason``; a connection closed without an answer is `closed`, one answered with
    /// bytes that are not HTTP `malformed`.
    package var refused: [String: Int] = [:]
    /// Tokens of requests whose usage was reported, as reported.
    package var promptTokens = 0
    package var completionTokens = 0
    /// Tokens of admitted requests whose usage was not reported: cancelled, broken off, or not asked for.
    package var unreportedPromptTokens = 0
    /// Of these, answer tokens that were sent.
    package var unreportedCompletionTokens = 0

    package init() {}

    static func + (left: LaneCounters, right: LaneCounters) -> LaneCounters {
        var sum = left
        sum.arrived += right.arrived
        sum.admitted += right.admitted
        sum.completed += right.completed
        sum.cancelled += right.cancelled
        sum.brokenOff += right.brokenOff
        sum.refused.merge(right.refused, uniquingKeysWith: +)
        sum.promptTokens += right.promptTokens
        sum.completionTokens += right.completionTokens
        sum.unreportedPromptTokens += right.unreportedPromptTokens
        sum.unreportedCompletionTokens += right.unreportedCompletionTokens
        return sum
    }
}
