// SPDX-License-Identifier: Apache-2.0

/// Writes deterministic CBOR (RFC 8949, section 4.2.1) into memory of its own.
///
/// Integers and lengths take their shortest form and lengths are definite. Maps have unsigned integer keys, which the
/// caller gives in ascending order; that is also the bytewise order of their encodings. The number of items of a map or
/// array is said when it begins, and it ends by itself with its last item. Nothing is allocated but the memory, once
/// and when it has to grow.
@safe package struct CBOREncoder: ~Copyable {
    /// How deep maps and arrays may be nested.
    package static let depthMax = CBORDecoder.depthMax
    /// The longest head of an item, a byte and eight of its number: storing one touches no more.
    private static let headBytesMax = 9

    private struct Container {
        /// Items still to be written; for a map its values.
        var remaining: UInt64
        /// The least that the next key may be; more than any key follows the largest.
        var keyMin: UInt64 = 0
        let isMap: Bool
        /// Whether an item is due, and no key.
        var takesItem: Bool
        /// Whether the largest key there is was written.
        var hasLastKey = false

        init(remaining: UInt64, isMap: Bool) {
            self.remaining = remaining
            self.isMap = isMap
            takesItem = !isMap
        }

        /// What holds the one item of an encoding.
        static var root: Container { Container(remaining: 1, isMap: false) }

        @inline(__always)
        mutating func take(key: UInt64) {
            precondition(isMap, "a key belongs in a map")
            precondition(!takesItem, "the value of the last key is missing")
            precondition(key >= keyMin && !hasLastKey, "the keys of a map must ascend")
            keyMin = key &+ 1
            hasLastKey = key == .max
        }
    }

    private var written: GrowingBytes
    /// The innermost container.
    private var container = Container.root
    /// The containers around it, `depth` of them: apart, so that an encoder is moved at little cost.
    private let outer: UnsafeMutablePointer<Container>
    private var depth = 0

    /// Makes an encoder with room for this many bytes.
    package init(reservingBytes capacity: Int = 256) {
        written = GrowingBytes(capacity: capacity)
        unsafe outer = UnsafeMutablePointer.allocate(capacity: Self.depthMax)
    }

    deinit { unsafe outer.deallocate() }

    /// What has been written.
    package var bytes: [UInt8] {
        withBytes { bytes in unsafe bytes.withUnsafeBufferPointer { unsafe [UInt8]($0) } }
    }

    /// Reads what has been written.
    package func withBytes<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
        written.withBytes(body)
    }

    /// Whether every map and array that was begun has all its items.
    package var isComplete: Bool { depth == 0 }

    /// Forgets what was written and keeps the room.
    package mutating func removeAll() {
        written.removeAll()
        depth = 0
        container = .root
    }

    /// Writes an unsigned integer (major type 0).
    package mutating func put(unsigned value: UInt64) {
        beginItem()
        head(0x00, value)
        endItem()
    }

    /// Writes the next pair of a map, whose value is an unsigned integer.
    package mutating func put(_ key: UInt64, unsigned value: UInt64) {
        container.take(key: key)
        head(0x00, key)
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
        put(string: value, major: 0x40)
    }

    /// Writes a byte string (major type 2).
    package mutating func put(bytes value: [UInt8]) {
        put(string: value.span, major: 0x40)
    }

    /// Writes a text string (major type 3).
    package mutating func put(text value: String) {
        put(string: value.utf8.span, major: 0x60)
    }

    @inline(__always)
    private mutating func put(string value: Span<UInt8>, major: UInt8) {
        beginItem()
        head(major, UInt64(value.count))
        written.append(value)
        endItem()
    }

    /// Writes an item that another encoder has written.
    ///
    /// - Precondition: the bytes are one whole item.
    package mutating func put(encoded item: [UInt8]) {
        precondition(!item.isEmpty, "an item has at least one byte")
        beginItem()
        written.append(item.span)
        endItem()
    }

    /// Writes true or false.
    package mutating func put(bool value: Bool) {
        put(simple: value ? 0xF5 : 0xF4)
    }

    /// Writes null.
    package mutating func putNull() {
        put(simple: 0xF6)
    }

    private mutating func put(simple byte: UInt8) {
        beginItem()
        written.reserve(1)
        written.store(byte)
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
        container.take(key: value)
        container.takesItem = true
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
            // Below `depthMax`, as was just seen.
            unsafe (outer + depth).initialize(to: container)
            container = Container(remaining: UInt64(count), isMap: isMap)
            depth += 1
        }
    }

    @inline(__always)
    private func beginItem() {
        precondition(container.takesItem, "the key is missing, or the encoding already holds its one item")
    }

    /// Counts an item off its container, and the container off its own when it is full.
    @inline(__always)
    private mutating func endItem() {
        container.takesItem = !container.isMap
        container.remaining &-= 1
        if container.remaining == 0 { endContainer() }
    }

    private mutating func endContainer() {
        container.takesItem = false
        guard depth > 0 else { return }
        depth -= 1
        container = unsafe outer[depth]
        endItem()
    }

    @inline(__always)
    private mutating func head(_ major: UInt8, _ value: UInt64) {
        written.reserve(Self.headBytesMax)
        if value < 24 {
            written.store(major | UInt8(truncatingIfNeeded: value))
        } else {
            storeLongHead(major, value)
        }
    }

    private mutating func storeLongHead(_ major: UInt8, _ value: UInt64) {
        let power = value <= 0xFF ? 0 : value <= 0xFFFF ? 1 : value <= 0xFFFF_FFFF ? 2 : 3
        let width = 1 &<< power
        written.store(major | UInt8(24 &+ power))
        // All eight bytes at once, of which those behind the number's are written over by what comes next.
        written.store((value &<< UInt64(64 &- 8 &* width)).byteSwapped, byteCount: width)
    }
}
