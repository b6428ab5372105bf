// SPDX-License-Identifier: Apache-2.0

/// What a test or demo makes a simulated cloud do wrong.
///
/// Refused connections need no fault: stop the server.
/// Event counts are of `data:` events, the role event included. In JSON: `{"cut":{"after_events":3}}`.
package enum CloudFault: Codable, Equatable, Sendable {
    /// Refuses with the vendor's answer for the reason, outages included.
    case refuse(reason: RefusalReason)
    /// Reads the request and closes the connection without an answer.
    case closeAtHead
    /// Closes the connection after so many events of a stream, or in the middle of a plain body.
    case cut(afterEvents: Int)
    /// Ends a stream with the vendor's error event after so many events.
    case error(afterEvents: Int, reason: RefusalReason)
    /// Is silent for a time after so many events of a stream; after 0 the response head is out already.
    case stall(afterEvents: Int, milliseconds: Int)
    /// Takes its time: replaces the cloud's pace and is not divided by its speed.
    case pace(timeToFirstTokenMilliseconds: Int, interTokenMilliseconds: Int)
    /// Reports no usage.
    case usageAbsent
    /// Reports another number of completion tokens than it sent.
    case usageWrong(completionTokens: Int)
    /// Sends an event, or a plain body, that is neither JSON nor UTF-8, then goes on.
    case malformedEvent(afterEvents: Int)
    /// Answers with bytes that are not HTTP and closes.
    case malformedHead
}
