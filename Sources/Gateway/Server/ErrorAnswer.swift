// SPDX-License-Identifier: Apache-2.0

package import NIOCore
internal import Wire

/// An error in the shape that OpenAI's clients read.
package struct ErrorAnswer: Sendable, Equatable {
    /// The HTTP status.
    package var status: Int
    /// `error.type`.
    package var type: String
    /// `error.code`.
    package var code: String
    /// `error.message`: what was wrong and how to mend it.
    package var message: String
    /// `error.param`: the member of the request at fault.
    package var param: String?
    /// How long to wait before another try, in milliseconds.
    package var retryAfterMilliseconds: Int64?
    /// What `x-should-retry` tells the client's own retries; `nil` leaves it to the status.
    package var shouldRetry: Bool?
    /// The methods that the path takes, for `allow`.
    package var allow: String?

    package init(
        status: Int, type: String, code: String, message: String, param: String? = nil,
        retryAfterMilliseconds: Int64? = nil, shouldRetry: Bool? = nil
    ) {
        self.status = status
        self.type = type
        self.code = code
        self.message = message
        self.param = param
        self.retryAfterMilliseconds = retryAfterMilliseconds
        self.shouldRetry = shouldRetry
    }

    /// The JSON body.
    package var body: ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeString("{\"error\":{\"message\":")
        buffer.writeBytes(JSONText.encode(message))
        buffer.writeString(",\"type\":")
        buffer.writeBytes(JSONText.encode(type))
        buffer.writeString(",\"param\":")
        buffer.writeBytes(param.map { JSONText.encode($0) } ?? Array("null".utf8))
        buffer.writeString(",\"code\":")
        buffer.writeBytes(JSONText.encode(code))
        buffer.writeString("}}")
        return buffer
    }

    /// The error as the last event of a stream.
    ///
    /// - Parameters:
    ///   - operation: whose stream it is.
    ///   - sequenceNumber: the number of the event before, where the events of the operation are numbered.
    /// - Returns: the event with its blank line.
    func event(_ operation: APIOperation, after sequenceNumber: Int64?) -> ByteBuffer {
        var event = ByteBuffer()
        guard operation == .responses else {
            event.writeString("data: ")
            event.writeImmutableBuffer(body)
            event.writeString("\n\n")
            return event
        }
        event.writeString("event: error\ndata: {\"type\":\"error\",\"code\":")
        event.writeBytes(JSONText.encode(code))
        event.writeString(",\"message\":")
        event.writeBytes(JSONText.encode(message))
        event.writeString(",\"param\":null,\"sequence_number\":\((sequenceNumber ?? -1) &+ 1)}\n\n")
        return event
    }

    static func invalidRequest(_ message: String, code: String, status: Int = 400, param: String? = nil) -> ErrorAnswer
    {
        ErrorAnswer(
            status: status, type: "invalid_request_error", code: code, message: message, param: param,
            shouldRetry: false)
    }

    static func overloaded(_ message: String, code: String) -> ErrorAnswer {
        ErrorAnswer(
            status: 503, type: "server_error", code: code, message: message, retryAfterMilliseconds: 1_000,
            shouldRetry: true)
    }
}
