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
        if let line = Self.statusLine(status) {
            writeStaticString(line)
        } else {
            writeDecimal(status)
            writeStaticString(" \r\n")
        }
    }

    /// Writes a field of a head; the value holds no line break.
    mutating func writeField(_ name: StaticString, _ value: String) {
        writeField(name, value.utf8.span)
    }

    /// Writes a field of a head with a number.
    mutating func writeField(_ name: StaticString, _ value: Int) {
        writeStaticString(name)
        writeStaticString(": ")
        writeDecimal(value)
        writeStaticString("\r\n")
    }

    /// Writes a field of a head, in one step: each write into a buffer costs more than the copy; no line break is in it.
    mutating func writeField(_ name: StaticString, _ value: Span<UInt8>) {
        let nameCount = name.utf8CodeUnitCount
        let count = nameCount + value.count + 4
        unsafe writeWithUnsafeMutableBytes(minimumWritableBytes: count) { room in
            // The room has at least `count` bytes.
            unsafe room.baseAddress?.copyMemory(from: name.utf8Start, byteCount: nameCount)
            unsafe room[nameCount] = UInt8(ascii: ":")
            unsafe room[nameCount + 1] = UInt8(ascii: " ")
            unsafe value.withUnsafeBufferPointer { value in
                guard let start = value.baseAddress, let target = room.baseAddress else { return }
                unsafe (target + nameCount + 2).copyMemory(from: start, byteCount: value.count)
            }
            unsafe room[count - 2] = UInt8(ascii: "\r")
            unsafe room[count - 1] = UInt8(ascii: "\n")
            return count
        }
    }

    /// Writes a number of at least 0 in decimal digits.
    mutating func writeDecimal(_ value: Int) {
        var digits = [20 of UInt8](repeating: 0)
        var start = 20
        var rest = UInt64(clamping: value)
        repeat {
            start -= 1
            digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        unsafe writeBytes(digits.span.extracting(start..<20).bytes)
    }

    /// Writes what tells clients when to try again.
    mutating func writeRetryFields(after milliseconds: Int64?, shouldRetry: Bool?) {
        if let milliseconds {
            writeField("retry-after-ms", Int(clamping: milliseconds))
            writeField("retry-after", Int(clamping: (milliseconds + 999) / 1_000))
        }
        if let shouldRetry { writeField("x-should-retry", shouldRetry ? "true" : "false") }
    }

    /// Writes the line that begins a chunk.
    mutating func writeChunkSize(_ size: Int) {
        writeString(String(size, radix: 16))
        writeStaticString("\r\n")
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
