// SPDX-License-Identifier: Apache-2.0

internal import NIOCore

// How long, and how slowly, a client may keep the gateway waiting.
extension ClientHandler {
    /// Since when the gateway has waited for the client; `nil` while a request is being served.
    var waitsSince: NIODeadline? {
        switch state {
        case .idle, .reading, .held, .discarding: since
        case .serving, .gathering, .closed: nil
        }
    }

    /// Why a body comes too late; `nil` while it comes in time.
    func bodyTrouble(_ now: NIODeadline) -> ErrorAnswer? {
        let limits = loop.limits
        let idle = TimeAmount.milliseconds(limits.bodyIdleMilliseconds)
        if now - since > .milliseconds(limits.bodyMilliseconds) || now - lastByte > idle {
            return .requestTimeout("The body of the request did not come in time.")
        }
        // A body may dribble one byte after the other, each within the limit of silence.
        let counted = now - since - idle
        let milliseconds = counted.nanoseconds / 1_000_000
        let expected = milliseconds * Int64(limits.bodyBytesPerSecondMin) / 1_000
        guard milliseconds > 0, body.readableBytes < expected else { return nil }
        return .requestTimeout(
            "The body of the request came too slowly; send at least \(limits.bodyBytesPerSecondMin) bytes a second.")
    }
}

extension ErrorAnswer {
    /// A request that was not whole in time.
    fileprivate static func requestTimeout(_ message: String) -> ErrorAnswer {
        .invalidRequest(message, code: "request_timeout", status: 408)
    }
}
