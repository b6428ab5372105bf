// SPDX-License-Identifier: Apache-2.0

internal import NIOCore
internal import Wire

/// How the end of an answer's body is told to a client.
enum AnswerFraming: Equatable {
    /// By its length in bytes.
    case length(Int)
    /// By chunks, or by the end of the connection where the client is of HTTP/1.0.
    case stream
}

extension ByteBuffer {
    /// Writes the first line of an answer.
    mutating func writeStatusLine(_ status: Int, isHTTP10: Bool) {
        writeStaticString(isHTTP10 ? "HTTP/1.0 " : "HTTP/1.1 ")
        writeString(String(status))
        writeStaticString(" ")
        writeStaticString(Self.reason(status))
        writeStaticString("\r\n")
    }

    /// Writes a field of a head; the value holds no line break.
    mutating func writeField(_ name: StaticString, _ value: String) {
        writeStaticString(name)
        writeStaticString(": ")
        writeString(value)
        writeStaticString("\r\n")
    }

    /// Writes what tells clients when to try again.
    mutating func writeRetryFields(after milliseconds: Int64?, shouldRetry: Bool?) {
        if let milliseconds {
            writeField("retry-after-ms", String(milliseconds))
            writeField("retry-after", String((milliseconds + 999) / 1_000))
        }
        if let shouldRetry { writeField("x-should-retry", shouldRetry ? "true" : "false") }
    }

    /// Writes the line that begins a chunk.
    mutating func writeChunkSize(_ size: Int) {
        writeString(String(size, radix: 16))
        writeStaticString("\r\n")
    }

    /// The words for a status (RFC 9110, section 15); empty for one that has none here.
    private static func reason(_ status: Int) -> StaticString {
        switch status {
        case 200: "OK"
        case 201: "Created"
        case 202: "Accepted"
        case 204: "No Content"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 402: "Payment Required"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 413: "Content Too Large"
        case 414: "URI Too Long"
        case 415: "Unsupported Media Type"
        case 417: "Expectation Failed"
        case 422: "Unprocessable Content"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        case 505: "HTTP Version Not Supported"
        default: ""
        }
    }
}
