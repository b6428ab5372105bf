// SPDX-License-Identifier: Apache-2.0

internal import Ledger

/// Brings a log back to a whole state after its writer ended in whatever way.
package enum LogRecovery {
    /// What opening the log found.
    package struct Report: Hashable, Sendable {
        /// How many entries the log has: the index of the next one.
        package let nextIndex: UInt64
        /// How many bytes of an unfinished, never promised group were cut off the end, without zeros behind them.
        package let tornTailBytes: Int
        /// The first entry that was read again; those before it are vouched for by the anchor.
        package let scannedFromIndex: UInt64
        /// What the owner had stored with the anchor, nil where the anchor was missing or not used.
        package let anchorBlob: [UInt8]?
    }

    /// Where the writer goes on.
    struct State {
        var frontier: MerkleFrontier
        /// The segment to append to and the offset in it; nil when one has to be made.
        var segment: (firstIndex: UInt64, offset: Int)?
        var tornTailBytes: Int
    }

    /// Reads a log's end, or all of it where the anchor is of no use, and cuts off a torn tail.
    ///
    /// - Parameters:
    ///   - folder: the data folder, whose lock the caller has.
    ///   - logID: what every segment must carry.
    ///   - checkpoint: the latest signed one; everything that it covers must be there and unchanged.
    ///   - calls: cuts and syncs the last segment.
    /// - Returns: where the writer goes on, and what was found.
    /// - Throws: `damaged` or `entriesMissing` where a promised entry is in doubt, `file`.
    static func recover(
        _ folder: LogFolder,
        logID: LogID,
        checkpoint: Checkpoint?,
        calls: any FileCalls
    ) throws(LogError) -> (state: State, report: Report) {
        let anchor = usableAnchor(folder, logID: logID, checkpoint: checkpoint)
        var scan = LogScan(folder: folder, logID: logID, checkpoint: checkpoint)
        var used = anchor
        do throws(LogError) {
            try scan.run(from: anchor)
        } catch {
            // Whatever is wrong with an anchor, the files decide.
            guard anchor != nil else { throw error }
            used = nil
            scan = LogScan(folder: folder, logID: logID, checkpoint: checkpoint)
            try scan.run(from: nil)
        }
        let state = try mend(scan, folder: folder, calls: calls)
        let report = Report(
            nextIndex: state.frontier.size,
            tornTailBytes: state.tornTailBytes,
            scannedFromIndex: used?.frontier.size ?? 0,
            anchorBlob: used?.blob
        )
        return (state, report)
    }

    private static func usableAnchor(_ folder: LogFolder, logID: LogID, checkpoint: Checkpoint?) -> LogAnchor? {
        let bytes = try? ReadOnlyFile.contents(of: folder.anchor, bytesMax: LogAnchor.bytesMax)
        // Beyond the checkpoint there would be nothing to hold the anchor's hashes against.
        guard let anchor = bytes.flatMap({ LogAnchor(encoded: $0) }), anchor.logID == logID,
            anchor.frontier.size <= checkpoint?.size ?? 0
        else { return nil }
        return anchor
    }

    /// Cuts off what follows the last whole record, a torn tail or zeros, and syncs the last segment, so that the next
    /// record may say that all before it is on disk.
    private static func mend(_ scan: LogScan, folder: LogFolder, calls: any FileCalls) throws(LogError) -> State {
        var state = State(frontier: scan.frontier, segment: scan.segment, tornTailBytes: scan.tornTailBytes)
        try LogError.wrapping { () throws(FileFault) in
            if let firstIndex = scan.unfinishedSegment {
                let path = folder.segment(firstIndex: firstIndex)
                state.tornTailBytes += try ReadOnlyFile(path).byteCount()
                try calls.remove(path)
                try calls.synchronizeFolder(folder.segments)
            }
            guard let segment = scan.segment else { return }
            let path = folder.segment(firstIndex: segment.firstIndex)
            let file = try calls.open(path)
            defer { calls.close(file) }
            if try ReadOnlyFile(path).byteCount() > segment.offset {
                try calls.truncate(file, to: segment.offset, path: path)
            }
            try calls.synchronize(file, path: path)
        }
        return state
    }
}
