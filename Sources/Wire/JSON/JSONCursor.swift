// SPDX-License-Identifier: Apache-2.0

/// A strict pull reader over one JSON document (RFC 8259) that lies in memory as a whole.
///
/// The cursor holds a position and a depth, never the bytes: the caller passes the same span to every call. It
/// allocates nothing. Whatever it walks over has been validated: grammar, UTF-8, no control character in a string,
/// depth. The number of bytes is the caller's limit, kept before the span exists.
package struct JSONCursor: Sendable {
    /// How deep objects and arrays may be nested; the root is at depth 1.
    package static let depthMax = 64

    /// Offset of the next byte to be read.
    package private(set) var position = 0
    /// How many objects and arrays are open.
    package private(set) var depth = 0
    /// Whether the last byte read opened a container, so that no comma is due before its first member.
    private var isAtFirst = false

    package init() {}

    /// The kind of the value at the cursor, which stays where it is after leading white space.
    package mutating func peekKind(in bytes: Span<UInt8>) throws(JSONError) -> JSONKind {
        switch try Self.nextByte(from: &position, in: bytes) {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        case UInt8(ascii: "t"): return .true
        case UInt8(ascii: "f"): return .false
        case UInt8(ascii: "n"): return .null
        default: throw JSONError(.unexpectedByte, at: position)
        }
    }

    /// Enters the object at the cursor; then call ``nextKey(in:)`` and read one value for each key.
    package mutating func openObject(in bytes: Span<UInt8>) throws(JSONError) {
        try open(UInt8(ascii: "{"), in: bytes)
    }

    /// Enters the array at the cursor; then call ``nextElement(in:)`` and read one value for each time it says true.
    package mutating func openArray(in bytes: Span<UInt8>) throws(JSONError) {
        try open(UInt8(ascii: "["), in: bytes)
    }

    /// The next key of the object, with the cursor before its value; nil once the object has been closed.
    package mutating func nextKey(in bytes: Span<UInt8>) throws(JSONError) -> JSONText? {
        guard try advance(closing: UInt8(ascii: "}"), in: bytes) else { return nil }
        let key = try Self.string(at: position, in: bytes)
        position = try Self.skipColon(from: key.range.upperBound &+ 1, in: bytes)
        return key
    }

    /// Whether the array has another element, with the cursor before it; false once the array has been closed.
    package mutating func nextElement(in bytes: Span<UInt8>) throws(JSONError) -> Bool {
        try advance(closing: UInt8(ascii: "]"), in: bytes)
    }

    /// Requires that nothing but white space follows.
    package mutating func finish(in bytes: Span<UInt8>) throws(JSONError) {
        position = Self.skipWhitespace(from: position, in: bytes)
        guard position == bytes.count else { throw JSONError(.trailingBytes, at: position) }
    }

    private mutating func open(_ bracket: UInt8, in bytes: Span<UInt8>) throws(JSONError) {
        position = Self.skipWhitespace(from: position, in: bytes)
        guard depth < Self.depthMax else { throw JSONError(.tooDeep, at: position) }
        position = try Self.expect(bracket, at: position, in: bytes)
        depth += 1
        isAtFirst = true
    }

    /// Moves to the next member or element, or behind the bracket that closes the container.
    @inline(__always)
    private mutating func advance(closing bracket: UInt8, in bytes: Span<UInt8>) throws(JSONError) -> Bool {
        precondition(depth > 0, "no object or array is open")
        let byte = try Self.nextByte(from: &position, in: bytes)
        if byte == bracket {
            position &+= 1
            depth &-= 1
            isAtFirst = false
            return false
        }
        if isAtFirst {
            isAtFirst = false
        } else {
            guard byte == UInt8(ascii: ",") else { throw JSONError(.unexpectedByte, at: position) }
            position = Self.skipWhitespace(from: position &+ 1, in: bytes)
        }
        return true
    }
}

extension JSONCursor {
    /// Moves to an offset that a method in another file of this type has validated up to.
    @inline(__always)
    mutating func move(to offset: Int) {
        position = offset
    }

    /// Moves past white space, for the methods that begin a value, and says where to.
    @inline(__always)
    mutating func beginValue(in bytes: Span<UInt8>) -> Int {
        position = Self.skipWhitespace(from: position, in: bytes)
        return position
    }

    /// The first byte from an offset on that is no white space; the offset moves there.
    @inline(__always)
    static func nextByte(from offset: inout Int, in bytes: Span<UInt8>) throws(JSONError) -> UInt8 {
        guard offset < bytes.count else { throw JSONError(.unexpectedEnd, at: offset) }
        let byte = bytes.byteWithin(at: offset)
        // Most texts have none, and a loop would cost more than this.
        if byte > 0x20 { return byte }
        offset = skipAnyWhitespace(from: offset, in: bytes)
        guard offset < bytes.count else { throw JSONError(.unexpectedEnd, at: offset) }
        return bytes.byteWithin(at: offset)
    }

    /// Offset of the first byte from an offset on that is no white space.
    @inline(__always)
    static func skipWhitespace(from start: Int, in bytes: Span<UInt8>) -> Int {
        if start < bytes.count, bytes.byteWithin(at: start) > 0x20 { return start }
        return skipAnyWhitespace(from: start, in: bytes)
    }

    @inline(never)
    private static func skipAnyWhitespace(from start: Int, in bytes: Span<UInt8>) -> Int {
        var offset = start
        while offset < bytes.count {
            switch bytes.byteWithin(at: offset) {
            case 0x20, 0x0A, 0x0D, 0x09: offset &+= 1
            default: return offset
            }
        }
        return offset
    }

    /// Offset behind the colon that follows a key.
    @inline(__always)
    static func skipColon(from start: Int, in bytes: Span<UInt8>) throws(JSONError) -> Int {
        var offset = start
        guard try nextByte(from: &offset, in: bytes) == UInt8(ascii: ":") else {
            throw JSONError(.unexpectedByte, at: offset)
        }
        return offset &+ 1
    }

    /// Offset behind a byte that must stand at an offset.
    @inline(__always)
    static func expect(_ byte: UInt8, at offset: Int, in bytes: Span<UInt8>) throws(JSONError) -> Int {
        guard offset < bytes.count else { throw JSONError(.unexpectedEnd, at: offset) }
        guard bytes.byteWithin(at: offset) == byte else { throw JSONError(.unexpectedByte, at: offset) }
        return offset &+ 1
    }
}
