// SPDX-License-Identifier: Apache-2.0

/// Reads deterministic CBOR strictly: whatever ``CBOREncoder`` would have written otherwise is refused.
///
/// Refused are integers and lengths that are not shortest, indefinite lengths, keys out of order or repeated, invalid
/// UTF-8, tags, floats, nesting beyond ``depthMax`` and bytes after the item (RFC 8949, section 4.2.1).
package struct CBORDecoder: Sendable {
    /// How deep maps and arrays may be nested.
    package static let depthMax = 16

    private struct Container {
        /// Items still to be read; for a map keys and values.
        var remaining: Int
        var isMap: Bool
        /// Where the encoding of the map's last key lies.
        var lastKey: Range<Int>?
    }

    private let bytes: [UInt8]
    /// Offset of the next byte to be read.
    package private(set) var position = 0
    /// The innermost container, apart from the outer ones: a store into their array moves all of it.
    private var current = Container(remaining: 0, isMap: false)
    private var outer = [16 of Container](repeating: Container(remaining: 0, isMap: false))
    private var depth = 0

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The kind of the next item, which is not read.
    package func peekKind() throws(CBORError) -> CBORKind {
        guard position < bytes.count else { throw CBORError(.unexpectedEnd, at: position) }
        switch bytes[position] {
        case 0xF4, 0xF5: return .bool
        case 0xF6: return .null
        case let initial:
            guard let kind = CBORKind(rawValue: initial >> 5), kind.rawValue <= CBORKind.map.rawValue else {
                throw CBORError(.unsupportedItem, at: position)
            }
            return kind
        }
    }

    /// Reads an unsigned integer.
    package mutating func unsigned() throws(CBORError) -> UInt64 {
        let item = try beginItem()
        guard item.kind == .unsigned else { throw CBORError(.unexpectedKind, at: item.start) }
        try endItem(from: item.start)
        return item.argument
    }

    /// Reads a signed integer.
    package mutating func integer() throws(CBORError) -> Int64 {
        let item = try beginItem()
        guard item.kind == .unsigned || item.kind == .negative else {
            throw CBORError(.unexpectedKind, at: item.start)
        }
        guard let magnitude = Int64(exactly: item.argument) else {
            throw CBORError(.integerOutOfRange, at: item.start)
        }
        try endItem(from: item.start)
        return item.kind == .unsigned ? magnitude : ~magnitude
    }

    /// Reads a byte string.
    package mutating func byteString() throws(CBORError) -> ArraySlice<UInt8> {
        let item = try beginItem()
        guard item.kind == .bytes else { throw CBORError(.unexpectedKind, at: item.start) }
        let contents = try take(item.argument)
        try endItem(from: item.start)
        return bytes[contents]
    }

    /// Reads a text string.
    package mutating func text() throws(CBORError) -> String {
        let item = try beginItem()
        guard item.kind == .text else { throw CBORError(.unexpectedKind, at: item.start) }
        let contents = try take(item.argument)
        guard let text = String(validating: bytes[contents], as: UTF8.self) else {
            throw CBORError(.invalidUTF8, at: item.start)
        }
        try endItem(from: item.start)
        return text
    }

    /// Reads true or false.
    package mutating func bool() throws(CBORError) -> Bool {
        let item = try beginItem()
        guard item.kind == .bool else { throw CBORError(.unexpectedKind, at: item.start) }
        try endItem(from: item.start)
        return item.argument == 21
    }

    /// Reads null.
    package mutating func null() throws(CBORError) {
        let item = try beginItem()
        guard item.kind == .null else { throw CBORError(.unexpectedKind, at: item.start) }
        try endItem(from: item.start)
    }

    /// Enters an array and returns the number of its elements, each of which must be read.
    package mutating func array() throws(CBORError) -> Int {
        try container(.array)
    }

    /// Enters a map and returns the number of its pairs; read a key and a value for each.
    package mutating func map() throws(CBORError) -> Int {
        try container(.map)
    }

    /// Reads over the next item, which is validated whole.
    package mutating func skip() throws(CBORError) {
        let outer = depth
        repeat {
            switch try peekKind() {
            case .unsigned, .negative, .bool, .null:
                let start = try beginItem().start
                try endItem(from: start)
            case .bytes: _ = try byteString()
            case .text: _ = try text()
            case .array: _ = try array()
            case .map: _ = try map()
            }
        } while depth > outer
    }

    /// Requires that everything has been read.
    package func finish() throws(CBORError) {
        guard depth == 0 else { throw CBORError(.containerOpen, at: position) }
        guard position == bytes.count else { throw CBORError(.trailingBytes, at: position) }
    }

    private struct Item {
        var start: Int
        var kind: CBORKind
        /// The integer, length, count or simple value of the head.
        var argument: UInt64
    }

    /// Reads the head of the next item.
    private mutating func beginItem() throws(CBORError) -> Item {
        if depth > 0, current.remaining == 0 {
            throw CBORError(.containerEnded, at: position)
        }
        let start = position
        let kind = try peekKind()
        if isAtKey, kind.rawValue > CBORKind.text.rawValue {
            throw CBORError(.unsupportedKey, at: start)
        }
        let information = bytes[start] & 0x1F
        position += 1
        let width: Int
        switch information {
        case 0..<24: return Item(start: start, kind: kind, argument: UInt64(information))
        case 24: width = 1
        case 25: width = 2
        case 26: width = 4
        case 27: width = 8
        case 31 where kind.rawValue >= CBORKind.bytes.rawValue: throw CBORError(.indefiniteLength, at: start)
        default: throw CBORError(.unsupportedItem, at: start)
        }
        guard position + width <= bytes.count else { throw CBORError(.unexpectedEnd, at: bytes.count) }
        var argument: UInt64 = 0
        for index in position..<position + width {
            argument = argument << 8 | UInt64(bytes[index])
        }
        position += width
        let least: UInt64 = width == 1 ? 24 : 1 << UInt64(width * 4)
        guard argument >= least else { throw CBORError(.notShortest, at: start) }
        return Item(start: start, kind: kind, argument: argument)
    }

    /// Counts an item off its container, and the container off its own when it is used up.
    private mutating func endItem(from start: Int) throws(CBORError) {
        if isAtKey {
            let key = start..<position
            if let last = current.lastKey {
                try requireAscending(last, key)
            }
            current.lastKey = key
        }
        while depth > 0 {
            current.remaining -= 1
            if current.remaining > 0 { return }
            depth -= 1
            current = outer[depth]
        }
    }

    /// Requires that a key's encoding comes after that of the key before it, byte for byte.
    private func requireAscending(_ last: Range<Int>, _ key: Range<Int>) throws(CBORError) {
        // Neither can begin the other, for the head says the length: a difference comes before either end.
        for offset in 0..<min(last.count, key.count) {
            let (left, right) = (bytes[last.lowerBound + offset], bytes[key.lowerBound + offset])
            if left < right { return }
            if left > right { throw CBORError(.keysNotAscending, at: key.lowerBound) }
        }
        throw CBORError(.duplicateKey, at: key.lowerBound)
    }

    /// Whether the next item is the key of a pair.
    private var isAtKey: Bool {
        depth > 0 && current.isMap && current.remaining.isMultiple(of: 2)
    }

    private mutating func container(_ kind: CBORKind) throws(CBORError) -> Int {
        guard depth < Self.depthMax else { throw CBORError(.tooDeep, at: position) }
        let item = try beginItem()
        guard item.kind == kind else { throw CBORError(.unexpectedKind, at: item.start) }
        let itemsPerCount = kind == .map ? 2 : 1
        // Each item takes at least a byte, so a larger count can't be met and must not be believed.
        guard item.argument <= UInt64((bytes.count - position) / itemsPerCount) else {
            throw CBORError(.unexpectedEnd, at: bytes.count)
        }
        let count = Int(item.argument)
        if count == 0 {
            try endItem(from: item.start)
        } else {
            outer[depth] = current
            current = Container(remaining: count * itemsPerCount, isMap: kind == .map)
            depth += 1
        }
        return count
    }

    private mutating func take(_ count: UInt64) throws(CBORError) -> Range<Int> {
        guard count <= UInt64(bytes.count - position) else { throw CBORError(.unexpectedEnd, at: bytes.count) }
        let start = position
        position += Int(count)
        return start..<position
    }
}
