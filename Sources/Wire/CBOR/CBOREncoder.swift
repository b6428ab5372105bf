// SPDX-License-Identifier: Apache-2.0

/// Writes deterministic CBOR (RFC 8949, section 4.2.1) at the end of an array of bytes.
///
/// Integers and lengths take their shortest form and lengths are definite. Maps have unsigned integer keys, which the
/// caller gives in ascending order; that is also the bytewise order of their encodings. The number of items of a map or
/// array is said when it begins, and it ends by itself with its last item. Nothing is allocated but the array's growth.
package struct CBOREncoder: Sendable {
    /// How deep maps and arrays may be nested.
    package static let depthMax = CBORDecoder.depthMax

    private struct Container {
        /// Items still to be written; for a map its values.
        var remaining: UInt64
        var isMap: Bool
        /// Whether a key has been written whose value is due.
        var hasKey = false
        var lastKey: UInt64?
    }

    /// What has been written.
    package private(set) var bytes: [UInt8]
    /// The innermost container, apart from the outer ones: a store into their array moves all of it.
    private var container = Container(remaining: 0, isMap: false)
    private var outer = [16 of Container](repeating: Container(remaining: 0, isMap: false))
    private var depth = 0

    /// Makes an encoder with room for this many bytes.
    package init(reservingBytes capacity: Int = 256) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// Whether every map and array that was begun has all its items.
    package var isComplete: Bool { depth == 0 }

    /// Forgets what was written and keeps the room.
    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        depth = 0
    }

    /// Writes an unsigned integer (major type 0).
    package mutating func put(unsigned value: UInt64) {
        beginItem()
        head(0x00, value)
        endItem()
    }

    /// Writes a signed integer (major type 0 or 1).
    package mutating func put(integer value: Int64) {
        beginItem()
        if value >= 0 {
            head(0x00, UInt64(value))
        } else {
            head(0x20, ~UInt64(bitPattern: value))
        }
        endItem()
    }

    /// Writes a byte string (major type 2).
    package mutating func put(bytes value: Span<UInt8>) {
        beginItem()
        head(0x40, UInt64(value.count))
        write(value)
        endItem()
    }

    /// Writes a byte string (major type 2).
    package mutating func put(bytes value: [UInt8]) {
        put(bytes: value.span)
    }

    /// Writes a text string (major type 3).
    package mutating func put(text value: String) {
        beginItem()
        let text = value.utf8.span
        head(0x60, UInt64(text.count))
        write(text)
        endItem()
    }

    /// Writes true or false.
    package mutating func put(bool value: Bool) {
        beginItem()
        bytes.append(value ? 0xF5 : 0xF4)
        endItem()
    }

    /// Writes null.
    package mutating func putNull() {
        beginItem()
        bytes.append(0xF6)
        endItem()
    }

    /// Begins an array; the next `count` items are its elements.
    package mutating func beginArray(count: Int) {
        begin(0x80, count: count, isMap: false)
    }

    /// Begins a map; `count` pairs follow, each a ``key(_:)`` and an item.
    package mutating func beginMap(count: Int) {
        begin(0xA0, count: count, isMap: true)
    }

    /// Writes the key of the next pair of a map, which must be above the key before it.
    package mutating func key(_ value: UInt64) {
        precondition(depth > 0 && container.isMap, "a key belongs in a map")
        precondition(!container.hasKey, "the value of the last key is missing")
        if let last = container.lastKey {
            precondition(value > last, "the keys of a map must ascend")
        }
        container.hasKey = true
        container.lastKey = value
        head(0x00, value)
    }

    private mutating func begin(_ major: UInt8, count: Int, isMap: Bool) {
        precondition(count >= 0, "a count is never negative")
        precondition(depth < Self.depthMax, "maps and arrays are nested too deep")
        beginItem()
        head(major, UInt64(count))
        if count == 0 {
            endItem()
        } else {
            outer[depth] = container
            container = Container(remaining: UInt64(count), isMap: isMap)
            depth += 1
        }
    }

    private func beginItem() {
        guard depth > 0 else {
            precondition(bytes.isEmpty, "the encoding already holds its one item")
            return
        }
        precondition(!container.isMap || container.hasKey, "the key is missing")
    }

    /// Counts an item off its container, and the container off its own when it is full.
    @inline(__always)
    private mutating func endItem() {
        guard depth > 0 else { return }
        container.hasKey = false
        container.remaining -= 1
        if container.remaining == 0 { endContainer() }
    }

    private mutating func endContainer() {
        depth -= 1
        container = outer[depth]
        endItem()
    }

    @inline(__always)
    private mutating func head(_ major: UInt8, _ value: UInt64) {
        if value < 24 {
            bytes.append(major | UInt8(truncatingIfNeeded: value))
        } else {
            longHead(major, value)
        }
    }

    private mutating func longHead(_ major: UInt8, _ value: UInt64) {
        if value <= 0xFF {
            bytes.append(major | 24)
            bytes.append(UInt8(value))
        } else {
            let width = value <= 0xFFFF ? 2 : value <= 0xFFFF_FFFF ? 4 : 8
            bytes.append(major | (width == 2 ? 25 : width == 4 ? 26 : 27))
            var shift = UInt64(width) &* 8
            while shift > 0 {
                shift &-= 8
                bytes.append(UInt8(truncatingIfNeeded: value >> shift))
            }
        }
    }

    private mutating func write(_ value: Span<UInt8>) {
        // The buffer is read before the closure ends.
        unsafe value.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    }
}
