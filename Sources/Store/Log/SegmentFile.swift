// SPDX-License-Identifier: Apache-2.0

internal import Ledger

/// The segment that is being appended to.
///
/// What it holds is on disk: writing and syncing go together. Zeros are written ahead of the records, so that most
/// syncs find the file no longer than it was and leave the file system's journal alone.
struct SegmentFile {
    /// Zeros are written up to the next multiple of this.
    static let zeroStepBytes = 256 << 10

    private static let zeros = [UInt8](repeating: 0, count: zeroStepBytes)

    /// The index of its first entry.
    let firstIndex: UInt64
    private let path: String
    private let descriptor: Int32
    /// Zeros make the file no longer than this.
    private let bytesMax: Int
    /// Where the next record goes.
    private(set) var offset: Int
    /// How long the file is: from `offset` on it has zeros.
    private var byteCount: Int

    private init(firstIndex: UInt64, path: String, descriptor: Int32, bytesMax: Int, offset: Int) {
        self.firstIndex = firstIndex
        self.path = path
        self.descriptor = descriptor
        self.bytesMax = bytesMax
        self.offset = offset
        byteCount = offset
    }

    /// Makes a segment with nothing but its header; what a failed attempt left under its name is replaced.
    static func create(
        _ folder: LogFolder,
        header: SegmentHeader,
        bytesMax: Int,
        calls: any FileCalls
    ) throws(FileFault) -> SegmentFile {
        let path = folder.segment(firstIndex: header.firstIndex)
        let descriptor = try calls.create(path, mode: 0o644)
        do throws(FileFault) {
            try calls.writeAll(header.encoded.span, to: descriptor, at: 0, path: path)
            try calls.synchronize(descriptor, path: path)
            try calls.synchronizeFolder(folder.segments)
        } catch {
            calls.close(descriptor)
            throw error
        }
        return SegmentFile(
            firstIndex: header.firstIndex,
            path: path,
            descriptor: descriptor,
            bytesMax: bytesMax,
            offset: SegmentHeader.byteCount
        )
    }

    /// Opens the segment that a log ends with; nothing stands behind its records.
    static func open(
        _ folder: LogFolder,
        firstIndex: UInt64,
        offset: Int,
        bytesMax: Int,
        calls: any FileCalls
    ) throws(FileFault) -> SegmentFile {
        let path = folder.segment(firstIndex: firstIndex)
        return SegmentFile(
            firstIndex: firstIndex,
            path: path,
            descriptor: try calls.open(path),
            bytesMax: bytesMax,
            offset: offset
        )
    }

    /// Appends sealed records and returns when they are on disk.
    mutating func append(_ records: Span<UInt8>, calls: any FileCalls) throws(FileFault) {
        try calls.writeAll(records, to: descriptor, at: offset, path: path)
        let end = offset + records.count
        if end > byteCount {
            byteCount = end
            writeZeros(calls: calls)
        }
        try calls.synchronize(descriptor, path: path)
        offset = end
    }

    /// Makes room for the next records, which the coming sync then pays for together with those before it.
    private mutating func writeZeros(calls: any FileCalls) {
        let end = min((byteCount / Self.zeroStepBytes + 1) * Self.zeroStepBytes, bytesMax)
        guard end > byteCount else { return }
        let zeros = Self.zeros
        // A disk that has no room for zeros may still have some for records, so a refusal is none of the log's.
        let written = try? calls.write(
            zeros.span.extracting(0..<(end - byteCount)), to: descriptor, at: byteCount, path: path)
        byteCount += written ?? 0
    }

    /// Takes back what a failed `append` may have left, and the zeros.
    mutating func rollBack(calls: any FileCalls) throws(FileFault) {
        try calls.truncate(descriptor, to: offset, path: path)
        try calls.synchronize(descriptor, path: path)
        byteCount = offset
    }

    /// Takes the zeros back once nothing more is appended; what it leaves is on disk.
    mutating func finish(calls: any FileCalls) throws(FileFault) {
        if byteCount > offset { try rollBack(calls: calls) }
    }

    func close(calls: any FileCalls) {
        calls.close(descriptor)
    }
}
