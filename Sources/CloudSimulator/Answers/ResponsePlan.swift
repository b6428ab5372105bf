// SPDX-License-Identifier: Apache-2.0

/// The answer to one served request, step by step; it knows no clock and no connection.
///
/// The caller asks for the next step until it is `finish` or `cut`, and waits where it is told to.
package struct ResponsePlan {
    /// What to do next.
    package enum Step: Equatable {
        /// Let time pass, with everything written so far flushed.
        case wait(microseconds: Int64)
        /// Send the head of a stream.
        case head
        /// Send one event of the stream.
        case event(Event)
        /// Send a plain answer, head and body.
        case plain(Body)
        /// End the response.
        case finish
        /// Close the connection at once.
        case cut
    }

    /// One `data:` event.
    package enum Event: Equatable {
        /// Azure's annotation of the prompt, with no choices.
        case promptFilterResults
        case role
        /// So many tokens, from a position in the answer.
        case content(from: Int, tokens: Int)
        case finishReason
        case usage(completionTokens: Int)
        case done
        case error(RefusalReason)
        case malformed
    }

    /// The body of a plain answer.
    package enum Body: Equatable {
        case whole
        case firstHalf
        case malformed
    }

    private enum Phase {
        case beforeHead
        case head
        case opening
        case role
        case content
        case finishReason
        case usage
        case done
        case plain
        case end
        case cut
    }

    private let served: ServedRequest
    private let annotatesPrompt: Bool
    private var phase = Phase.beforeHead
    private var eventsSent = 0
    private var waitIsDue = false
    private var faultIsDue = true
    private var usageWasSent = false
    /// Answer tokens sent so far.
    package private(set) var tokensSent = 0

    /// - Parameters:
    ///   - served: the request and what was decided about it.
    ///   - annotatesPrompt: whether the stream begins with Azure's annotation of the prompt.
    package init(_ served: ServedRequest, annotatesPrompt: Bool) {
        self.served = served
        self.annotatesPrompt = annotatesPrompt
    }

    /// How the request has ended, asked when it has.
    package func ending(clientLeft: Bool) -> RequestEnding {
        let kind: RequestEnding.Kind = clientLeft ? .cancelled : faultBreaksOff ? .brokenOff : .completed
        return RequestEnding(
            kind: kind,
            tokensSent: tokensSent,
            completionTokensReported: usageWasSent ? served.completionTokensReported : nil
        )
    }

    /// What to do now.
    package mutating func next() -> Step {
        switch phase {
        case .beforeHead: beforeHead()
        case .head: head()
        case .plain: plain()
        case .end: .finish
        case .cut: .cut
        case .opening, .role, .content, .finishReason, .usage, .done: faultStep() ?? event()
        }
    }

    private var faultBreaksOff: Bool {
        switch served.fault {
        case .cut: phase == .cut
        case .error: served.request.streams && !faultIsDue
        default: false
        }
    }

    private mutating func beforeHead() -> Step {
        phase = served.request.streams ? .head : .plain
        if served.request.streams {
            // A stream that stalls before its first event shows its head first.
            if case .stall(0, _) = served.fault { return next() }
            let delay = served.pace.timeToFirstTokenMicroseconds
            return delay > 0 ? .wait(microseconds: delay) : next()
        }
        var delay = served.pace.timeToFirstTokenMicroseconds + served.pace.microseconds(tokens: served.completionTokens)
        if case .stall(_, let milliseconds) = served.fault { delay += Int64(milliseconds) * 1_000 }
        return delay > 0 ? .wait(microseconds: delay) : next()
    }

    private mutating func head() -> Step {
        phase = annotatesPrompt ? .opening : .role
        return .head
    }

    private mutating func plain() -> Step {
        switch served.fault {
        case .cut:
            phase = .cut
            return .plain(.firstHalf)
        case .malformedEvent:
            phase = .end
            return .plain(.malformed)
        default:
            phase = .end
            tokensSent = served.completionTokens
            usageWasSent = served.completionTokensReported != nil
            return .plain(.whole)
        }
    }

    /// What the fault does before the next event, if it is its turn.
    private mutating func faultStep() -> Step? {
        guard faultIsDue else { return nil }
        switch served.fault {
        case .cut(eventsSent):
            phase = .cut
            return .cut
        case .error(eventsSent, let reason):
            faultIsDue = false
            phase = .end
            return .event(.error(reason))
        case .stall(eventsSent, let milliseconds):
            faultIsDue = false
            return .wait(microseconds: Int64(milliseconds) * 1_000)
        case .malformedEvent(eventsSent):
            faultIsDue = false
            return .event(.malformed)
        default:
            return nil
        }
    }

    private mutating func event() -> Step {
        if waitIsDue {
            waitIsDue = false
            let tokens = Int64(served.pace.tokensPerEvent)
            return .wait(microseconds: served.pace.interTokenMicroseconds * tokens)
        }
        eventsSent += 1
        switch phase {
        case .opening:
            phase = .role
            return .event(.promptFilterResults)
        case .role:
            phase = .content
            return .event(.role)
        case .content:
            let position = tokensSent
            let tokens = min(served.pace.tokensPerEvent, served.completionTokens - position)
            tokensSent += tokens
            if tokensSent == served.completionTokens { phase = .finishReason } else { waitIsDue = true }
            return .event(.content(from: position, tokens: tokens))
        case .finishReason:
            phase = served.request.wantsUsageEvent && served.completionTokensReported != nil ? .usage : .done
            return .event(.finishReason)
        case .usage:
            phase = .done
            usageWasSent = true
            return .event(.usage(completionTokens: served.completionTokensReported ?? 0))
        default:
            phase = .end
            return .event(.done)
        }
    }
}
