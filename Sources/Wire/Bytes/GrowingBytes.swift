// SPDX-License-Identifier: Apache-2.0

/// Bytes that are written one after another, in memory that is used again and again.
///
/// An array that is appended to asks at each piece whether it is shared, and a `ByteBuffer` more than that; both cost more
/// than the copy where the pieces are short.
@safe package struct GrowingBytes: ~Copyable {
    /// The digits of the longest number.
    private static let digitsMax = 20

    /// The memory; only its first `count` bytes are initialized.
    private var memory: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    /// How many bytes have been written.
    package private(set) var count = 0

    /// Makes room for this many bytes, at least one; more is made when more come.
    package init(capacity: Int) {
        self.capacity = max(capacity, 1)
        unsafe memory = UnsafeMutablePointer.allocate(capacity: self.capacity)
    }

    deinit { unsafe memory.deallocate() }

    /// Forgets what was written and keeps the room.
    package mutating func removeAll() {
        count = 0
    }

    /// Reads what has been written.
    package func withBytes<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
        unsafe body(UnsafeBufferPointer(start: memory, count: count).span)
    }

    /// Writes some bytes.
    package mutating func append(_ bytes: Span<UInt8>) {
        reserve(bytes.count)
        unsafe bytes.withUnsafeBufferPointer { source in
            guard let start = source.baseAddress else { return }
            unsafe (memory + count).update(from: start, count: source.count)
        }
        count &+= bytes.count
    }

    /// Writes some text.
    package mutating func append(_ text: StaticString) {
        let byteCount = text.utf8CodeUnitCount
        reserve(byteCount)
        unsafe (memory + count).update(from: text.utf8Start, count: byteCount)
        count &+= byteCount
    }

    /// Writes a number in decimal digits.
    package mutating func append(decimal value: UInt64) {
        reserve(Self.digitsMax)
        var digits = 1
        var rest = value / 10
        while rest > 0 {
            digits &+= 1
            rest /= 10
        }
        rest = value
        for place in stride(from: count &+ digits &- 1, through: count, by: -1) {
            unsafe memory[place] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        count &+= digits
    }

    // MARK: Without asking for room each time

    /// Makes room for so many more bytes.
    @inline(__always)
    mutating func reserve(_ byteCount: Int) {
        if capacity &- count < byteCount { grow(byteCount) }
    }

    private mutating func grow(_ byteCount: Int) {
        let larger = max(2 * capacity, count + byteCount)
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        unsafe moved.update(from: memory, count: count)
        unsafe memory.deallocate()
        unsafe memory = moved
        capacity = larger
    }

    /// Writes a byte for which there is room.
    @inline(__always)
    mutating func store(_ byte: UInt8) {
        assert(count < capacity, "there is no room")
        unsafe memory[count] = byte
        count &+= 1
    }

    /// Writes the first bytes of a word, the lowest first; there is room for all eight.
    @inline(__always)
    mutating func store(_ word: UInt64, byteCount: Int) {
        assert(capacity - count >= 8, "there is no room")
        unsafe UnsafeMutableRawPointer(memory + count).storeBytes(of: word.littleEndian, as: UInt64.self)
        count &+= byteCount
    }
}
