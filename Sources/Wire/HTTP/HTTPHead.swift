// SPDX-License-Identifier: Apache-2.0

/// What the head of a message says, as offsets from its first byte.
package struct HTTPHead: Sendable {
    /// How the end of the body is known (RFC 9112, section 6.3).
    package enum Framing: Sendable, Equatable {
        /// So many bytes; 0 where there is no body.
        case length(Int)
        case chunked
        /// Everything until the connection ends; answers alone.
        case untilClose
    }

    /// The methods that a relay tells apart.
    package enum Method: UInt8, Sendable {
        case get, head, post, options, other
    }

    /// The method of a request.
    package internal(set) var method = Method.other
    /// Where the method stands.
    package internal(set) var methodRange = 0..<0
    /// Where the target's path and query stand: a target in absolute form is read without its scheme and host.
    package internal(set) var targetRange = 0..<0
    /// The status of an answer.
    package internal(set) var status = 0
    /// Whether the message is of HTTP/1.0.
    package internal(set) var isHTTP10 = false
    /// The fields, in their order.
    package internal(set) var fields: [HTTPField] = []
    /// How many bytes the head has, its last line included.
    package internal(set) var byteCount = 0
    /// Whether the client waits for `100 Continue` before it sends its body.
    package internal(set) var expectsContinue = false

    var contentLength: Int?
    var isChunked = false
    var hasHost = false
    var saysClose = false
    var saysKeepAlive = false

    init() {}

    /// Whether the sender keeps the connection after this message.
    package var keepsAlive: Bool {
        !saysClose && (!isHTTP10 || saysKeepAlive)
    }

    /// How the end of a request's body is known.
    package var requestFraming: Framing {
        isChunked ? .chunked : .length(contentLength ?? 0)
    }

    /// How the end of an answer's body is known.
    ///
    /// - Parameter toHead: whether the request's method was HEAD.
    /// - Returns: how the body ends.
    package func answerFraming(toHead: Bool = false) -> Framing {
        if toHead || status < 200 || status == 204 || status == 304 { return .length(0) }
        if isChunked { return .chunked }
        return contentLength.map { .length($0) } ?? .untilClose
    }

    /// The content length that the head says; `nil` where it says none.
    package var statedLength: Int? { contentLength }

    /// The first field of a name.
    package func first(_ name: HTTPFieldName) -> HTTPField? {
        for field in fields where field.name == name { return field }
        return nil
    }

    /// Forgets everything, and keeps the memory.
    mutating func reset() {
        method = .other
        methodRange = 0..<0
        targetRange = 0..<0
        status = 0
        isHTTP10 = false
        fields.removeAll(keepingCapacity: true)
        byteCount = 0
        expectsContinue = false
        contentLength = nil
        isChunked = false
        hasHost = false
        saysClose = false
        saysKeepAlive = false
    }
}
