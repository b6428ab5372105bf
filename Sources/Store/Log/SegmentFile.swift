// SPDX-License-Identifier: Apache-2.0

internal import Ledger

/// The segment that is being appended to.
///
/// What it holds is on disk: writing and syncing go together.
struct SegmentFile {
    /// The index of its first entry.
    let firstIndex: UInt64
    private let path: String
    private let descriptor: Int32
    /// Where the next record goes.
    private(set) var offset: Int

    /// Makes a segment with nothing but its header; what a failed attempt left under its name is replaced.
    static func create(
        _ folder: LogFolder,
        header: SegmentHeader,
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
            offset: SegmentHeader.byteCount
        )
    }

    /// Opens the segment that a log ends with.
    static func open(
        _ folder: LogFolder,
        firstIndex: UInt64,
        offset: Int,
        calls: any FileCalls
    ) throws(FileFault) -> SegmentFile {
        let path = folder.segment(firstIndex: firstIndex)
        return SegmentFile(firstIndex: firstIndex, path: path, descriptor: try calls.open(path), offset: offset)
    }

    /// Appends sealed records and returns when they are on disk.
    mutating func append(_ records: Span<UInt8>, calls: any FileCalls) throws(FileFault) {
        try calls.writeAll(records, to: descriptor, at: offset, path: path)
        try calls.synchronize(descriptor, path: path)
        offset += records.count
    }

    /// Takes back what a failed `append` may have left.
    func rollBack(calls: any FileCalls) throws(FileFault) {
        try calls.truncate(descriptor, to: offset, path: path)
        try calls.synchronize(descriptor, path: path)
    }

    func close(calls: any FileCalls) {
        calls.close(descriptor)
    }
}
