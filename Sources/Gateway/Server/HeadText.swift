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

/// The text of a head while one event loop writes it, in memory that is used again and again.
///
/// Heads are made of many short pieces, and each write into a `ByteBuffer` costs more than the copy: this takes the
/// pieces, and the buffer gets them all at once.
final class HeadText {
    /// More than a head takes; longer ones make the memory grow.
    private static let usualBytesMax = 2_048

    private var text = GrowingBytes(capacity: usualBytesMax)

    /// Begins another head.
    func begin() {
        text.removeAll()
    }

    /// Writes some text.
    func write(_ text: StaticString) {
        self.text.append(text)
    }

    /// Writes some bytes.
    func write(_ bytes: Span<UInt8>) {
        text.append(bytes)
    }

    /// Writes a number of at least 0 in decimal digits.
    func write(decimal value: Int) {
        text.append(decimal: UInt64(clamping: value))
    }

    /// Writes a field; no line break is in its value.
    func writeField(_ name: StaticString, _ value: String) {
        writeField(name, value.utf8.span)
    }

    /// Writes a field; no line break is in its value.
    func writeField(_ name: StaticString, _ value: Span<UInt8>) {
        write(name)
        write(": ")
        write(value)
        write("\r\n")
    }

    /// Writes a field with a number.
    func writeField(_ name: StaticString, _ value: Int) {
        write(name)
        write(": ")
        write(decimal: value)
        write("\r\n")
    }

    /// Writes what tells clients when to try again.
    func writeRetryFields(after milliseconds: Int64?, shouldRetry: Bool?) {
        if let milliseconds {
            writeField("retry-after-ms", Int(clamping: milliseconds))
            writeField("retry-after", Int(clamping: (milliseconds + 999) / 1_000))
        }
        if let shouldRetry { writeField("x-should-retry", shouldRetry ? "true" : "false") }
    }

    /// Writes the first line of an answer.
    func writeStatusLine(_ status: Int, isHTTP10: Bool) {
        write(isHTTP10 ? "HTTP/1.0 " : "HTTP/1.1 ")
        if let line = Self.statusLine(status) {
            write(line)
        } else {
            write(decimal: status)
            write(" \r\n")
        }
    }

    /// Adds what was written to a buffer.
    func append(to buffer: inout ByteBuffer) {
        _ = text.withBytes { unsafe buffer.writeBytes($0.bytes) }
    }

    /// The status with its words (RFC 9110, section 15) and the line's end; `nil` for one that has none here.
    private static func statusLine(_ status: Int) -> StaticString? {
        switch status {
        case 200: "200 OK\r\n"
        case 201: "201 Created\r\n"
        case 202: "202 Accepted\r\n"
        case 204: "204 No Content\r\n"
        case 400: "400 Bad Request\r\n"
        case 401: "401 Unauthorized\r\n"
        case 402: "402 Payment Required\r\n"
        case 403: "403 Forbidden\r\n"
        case 404: "404 Not Found\r\n"
        case 405: "405 Method Not Allowed\r\n"
        case 408: "408 Request Timeout\r\n"
        case 409: "409 Conflict\r\n"
        case 413: "413 Content Too Large\r\n"
        case 414: "414 URI Too Long\r\n"
        case 415: "415 Unsupported Media Type\r\n"
        case 417: "417 Expectation Failed\r\n"
        case 422: "422 Unprocessable Content\r\n"
        case 429: "429 Too Many Requests\r\n"
        case 431: "431 Request Header Fields Too Large\r\n"
        case 500: "500 Internal Server Error\r\n"
        case 501: "501 Not Implemented\r\n"
        case 502: "502 Bad Gateway\r\n"
        case 503: "503 Service Unavailable\r\n"
        case 504: "504 Gateway Timeout\r\n"
        case 505: "505 HTTP Version Not Supported\r\n"
        default: nil
        }
    }
}
