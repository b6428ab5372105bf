// SPDX-License-Identifier: Apache-2.0

package import NIOCore
package import Wire

/// A client's place in a distributed trace (W3C Trace Context), as far as it was stated well.
///
/// Baggage is no part of it: what a client puts there is for its own services, not for providers.
package struct TraceContext: Sendable, Equatable {
    /// How much of `tracestate` is passed on, in bytes; a longer one is left out whole.
    package static let stateBytesMax = 512
    /// The flags that version 00 knows: sampled, and random identifier.
    private static let knownFlags: UInt8 = 0x03
    /// `00-` 32 digits `-` 16 digits `-` 2 digits.
    private static let parentBytes = 55

    private let high: UInt64
    private let low: UInt64
    private let flags: UInt8
    /// The span that the client called from.
    private let parent: UInt64
    /// What goes on as `tracestate`; empty for none.
    private let state: [UInt8]

    /// Reads the context of a request; `nil` where there is none or it is not as version 00 has it.
    ///
    /// - Parameters:
    ///   - head: the head of a request.
    ///   - bytes: the bytes in which its offsets lie.
    package init?(_ head: borrowing HTTPHead, in bytes: Span<UInt8>) {
        var found: Range<Int>?
        for field in head.fields where field.name == .traceparent {
            guard found == nil else { return nil }
            found = field.valueRange
        }
        guard let range = found, range.count == Self.parentBytes else { return nil }
        let start = range.lowerBound
        guard bytes[start] == UInt8(ascii: "0"), bytes[start + 1] == UInt8(ascii: "0"),
            [2, 35, 52].allSatisfy({ bytes[start + $0] == UInt8(ascii: "-") }),
            let high = Self.number(bytes, start + 3..<start + 19),
            let low = Self.number(bytes, start + 19..<start + 35),
            let parent = Self.number(bytes, start + 36..<start + 52),
            let flags = Self.number(bytes, start + 53..<start + 55), high | low != 0, parent != 0
        else { return nil }
        self.high = high
        self.low = low
        self.parent = parent
        self.flags = UInt8(truncatingIfNeeded: flags) & Self.knownFlags
        state = Self.state(head, in: bytes)
    }

    /// The trace's identifier in hexadecimal.
    package var traceID: String { Self.hexadecimal(high) + Self.hexadecimal(low) }
    /// The identifier of the client's span in hexadecimal.
    package var parentID: String { Self.hexadecimal(parent) }

    /// Writes the fields for an upstream, each with its line end.
    ///
    /// - Parameters:
    ///   - span: our span, which is the upstream's parent; not 0.
    ///   - buffer: gets the fields.
    package func write(span: UInt64, to buffer: inout ByteBuffer) {
        buffer.writeStaticString("traceparent: 00-")
        Self.write(high, to: &buffer)
        Self.write(low, to: &buffer)
        buffer.writeStaticString("-")
        Self.write(span, to: &buffer)
        buffer.writeStaticString("-0")
        buffer.writeInteger(UInt8(ascii: "0") + flags)
        buffer.writeStaticString("\r\n")
        guard !state.isEmpty else { return }
        buffer.writeStaticString("tracestate: ")
        buffer.writeBytes(state)
        buffer.writeStaticString("\r\n")
    }

    /// A number of 64 bits as 16 hexadecimal digits.
    static func hexadecimal(_ number: UInt64) -> String {
        var buffer = ByteBuffer()
        write(number, to: &buffer)
        return String(buffer: buffer)
    }

    private static func write(_ number: UInt64, to buffer: inout ByteBuffer) {
        for shift in stride(from: 60, through: 0, by: -4) {
            let digit = UInt8(truncatingIfNeeded: number >> UInt64(shift)) & 0x0F
            buffer.writeInteger(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }

    /// The number that lower-case hexadecimal digits mean.
    private static func number(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64? {
        var value: UInt64 = 0
        for index in range {
            let digit: UInt8
            switch bytes[index] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = bytes[index] - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = bytes[index] - UInt8(ascii: "a") + 10
            default: return nil
            }
            value = value << 4 | UInt64(digit)
        }
        return value
    }

    /// The lists of all `tracestate` fields as one; empty where it is too long or not printable ASCII.
    private static func state(_ head: HTTPHead, in bytes: Span<UInt8>) -> [UInt8] {
        var joined: [UInt8] = []
        for field in head.fields where field.name == .tracestate && !field.valueRange.isEmpty {
            guard joined.count + field.valueRange.count < stateBytesMax + (joined.isEmpty ? 1 : 0) else { return [] }
            if !joined.isEmpty { joined.append(UInt8(ascii: ",")) }
            for index in field.valueRange {
                guard (0x20...0x7E).contains(bytes[index]) || bytes[index] == 0x09 else { return [] }
                joined.append(bytes[index])
            }
        }
        return joined
    }
}
