// SPDX-License-Identifier: Apache-2.0

/// How fast an answer comes, in real microseconds, the speed factor applied.
package struct Pace: Equatable {
    /// Timers of a stream are never shorter: several tokens go into one event instead.
    package static let eventMicrosecondsMin: Int64 = 5_000

    /// From admission to the first token.
    package let timeToFirstTokenMicroseconds: Int64
    /// From one token to the next.
    package let interTokenMicroseconds: Int64

    /// The cloud's pace, unless the fault sets another.
    package init(_ cloud: SimulatedCloud, fault: CloudFault?) {
        if case .pace(let timeToFirstToken, let interToken) = fault {
            timeToFirstTokenMicroseconds = Int64(timeToFirstToken) * 1_000
            interTokenMicroseconds = Int64(interToken) * 1_000
        } else {
            timeToFirstTokenMicroseconds = Int64(cloud.timeToFirstTokenMilliseconds) * 1_000 / Int64(cloud.speed)
            interTokenMicroseconds = Int64(cloud.interTokenMilliseconds) * 1_000 / Int64(cloud.speed)
        }
    }

    /// Tokens in one event; all of them where they come at once.
    package var tokensPerEvent: Int {
        guard interTokenMicroseconds > 0 else { return .max }
        return Int((Self.eventMicrosecondsMin + interTokenMicroseconds - 1) / interTokenMicroseconds)
    }

    /// From the first token to the last.
    package func microseconds(tokens: Int) -> Int64 {
        interTokenMicroseconds * Int64(max(0, tokens - 1))
    }
}
