// SPDX-License-Identifier: Apache-2.0

/// What one line of an event stream says, as far as a relay has to know.
enum SSELine {
    case blank
    case data(Range<Int>)
    case event(Range<Int>)
    case other

    /// Reads a line without its end.
    init(_ line: Range<Int>, in bytes: Span<UInt8>) {
        if line.isEmpty {
            self = .blank
        } else if let contents = Self.contents(of: line, field: "data", in: bytes) {
            self = .data(contents)
        } else if let contents = Self.contents(of: line, field: "event", in: bytes) {
            self = .event(contents)
        } else {
            self = .other
        }
    }

    private static func contents(of line: Range<Int>, field: StaticString, in bytes: Span<UInt8>) -> Range<Int>? {
        guard bytes.holds(field, at: line.lowerBound) else { return nil }
        var start = line.lowerBound + field.utf8CodeUnitCount
        guard start <= line.upperBound else { return nil }
        if start == line.upperBound { return start..<start }
        guard bytes[start] == UInt8(ascii: ":") else { return nil }
        start += 1
        // One space after the colon is not part of the value.
        if start < line.upperBound, bytes[start] == 0x20 { start += 1 }
        return start..<line.upperBound
    }
}
