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
        skipWhitespace(in: bytes)
        guard position < bytes.count else { throw JSONError(.unexpectedEnd, at: position) }
        switch bytes[position] {
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
        let key = try string(in: bytes)
        skipWhitespace(in: bytes)
        try expect(UInt8(ascii: ":"), in: bytes)
        return key
    }

    /// Whether the array has another element, with the cursor before it; false once the array has been closed.
    package mutating func nextElement(in bytes: Span<UInt8>) throws(JSONError) -> Bool {
        try advance(closing: UInt8(ascii: "]"), in: bytes)
    }

    /// Requires that nothing but white space follows.
    package mutating func finish(in bytes: Span<UInt8>) throws(JSONError) {
        skipWhitespace(in: bytes)
        guard position == bytes.count else { throw JSONError(.trailingBytes, at: position) }
    }

    private mutating func open(_ bracket: UInt8, in bytes: Span<UInt8>) throws(JSONError) {
        skipWhitespace(in: bytes)
        guard depth < Self.depthMax else { throw JSONError(.tooDeep, at: position) }
        try expect(bracket, in: bytes)
        depth += 1
        isAtFirst = true
    }

    private mutating func advance(closing bracket: UInt8, in bytes: Span<UInt8>) throws(JSONError) -> Bool {
        precondition(depth > 0, "no object or array is open")
        skipWhitespace(in: bytes)
        guard position < bytes.count else { throw JSONError(.unexpectedEnd, at: position) }
        if bytes[position] == bracket {
            position += 1
            depth -= 1
            isAtFirst = false
            return false
        }
        if isAtFirst {
            isAtFirst = false
        } else {
            try expect(UInt8(ascii: ","), in: bytes)
            skipWhitespace(in: bytes)
        }
        return true
    }

    private mutating func expect(_ byte: UInt8, in bytes: Span<UInt8>) throws(JSONError) {
        guard position < bytes.count else { throw JSONError(.unexpectedEnd, at: position) }
        guard bytes[position] == byte else { throw JSONError(.unexpectedByte, at: position) }
        position += 1
    }

    private mutating func skipWhitespace(in bytes: Span<UInt8>) {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }
}

extension JSONCursor {
    /// Moves to an offset that a method in another file of this type has validated up to.
    mutating func move(to offset: Int) {
        position = offset
    }

    /// Moves past white space, for the methods that begin a value.
    mutating func beginValue(in bytes: Span<UInt8>) {
        skipWhitespace(in: bytes)
    }
}
