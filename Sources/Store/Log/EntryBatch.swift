// SPDX-License-Identifier: Apache-2.0

/// Some consecutive entries of a log, as they were read from its files.
package struct EntryBatch: Sendable {
    /// The index of the first entry.
    package let firstIndex: UInt64
    private let bytes: [UInt8]
    private let entries: ArraySlice<Range<Int>>

    init(firstIndex: UInt64, bytes: [UInt8], entries: ArraySlice<Range<Int>>) {
        self.firstIndex = firstIndex
        self.bytes = bytes
        self.entries = entries
    }

    /// How many entries.
    package var count: Int { entries.count }

    /// The index of the entry after the last.
    package var endIndex: UInt64 { firstIndex + UInt64(entries.count) }

    /// The bytes of an entry by its position in the batch, from 0 to `count - 1`.
    package subscript(position: Int) -> ArraySlice<UInt8> {
        bytes[entries[entries.startIndex + position]]
    }

    /// Hands over each entry with its index, without copying.
    package func visit<Failure: Error>(
        _ body: (_ index: UInt64, _ entry: Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        var index = firstIndex
        for range in entries {
            try body(index, bytes.span.extracting(range))
            index += 1
        }
    }

    /// The batch without the entries below an index, which is at most `endIndex`.
    func dropping(before index: UInt64) -> EntryBatch {
        guard index > firstIndex else { return self }
        return EntryBatch(firstIndex: index, bytes: bytes, entries: entries.dropFirst(Int(index - firstIndex)))
    }
}
