// SPDX-License-Identifier: Apache-2.0

package import Ledger

/// Checks a whole log offline, from its files alone: framing, order, and the root against signed checkpoints.
///
/// It reads without the folder's lock, so it may run beside a gateway, and it never fails: whatever is wrong with the
/// bytes is a finding.
package struct LogVerifier {
    /// Signed checkpoints that came from elsewhere, at most so many in one verification.
    package static let earlierCheckpointsMax = 10_000

    private let folder: LogFolder
    private var findings: [LogFinding] = []
    private var frontier = MerkleFrontier()
    private var segmentBytes = 0
    /// The checkpoints to hold the log against, the smallest first.
    private var expected: [(checkpoint: Checkpoint, file: String)] = []
    private var nextExpected = 0

    private init(_ folder: LogFolder) {
        self.folder = folder
    }

    /// Verifies the log of a data folder.
    ///
    /// - Parameters:
    ///   - folder: the data folder.
    ///   - verifierKey: the key that the log is known by; nil to take the one in the folder, which proves less.
    ///   - earlierCheckpoints: signed notes that were kept elsewhere; the log must have grown out of each.
    /// - Returns: what was read and what was found.
    package static func verify(
        _ folder: LogFolder,
        verifierKey: VerifierKey? = nil,
        earlierCheckpoints: [String] = []
    ) -> LogVerification {
        var verifier = LogVerifier(folder)
        return verifier.run(verifierKey: verifierKey, earlierCheckpoints: earlierCheckpoints)
    }

    private mutating func run(verifierKey: VerifierKey?, earlierCheckpoints: [String]) -> LogVerification {
        // Before the entries, so that what a running writer adds meanwhile is only more than it covers.
        let key = verifierKey ?? ownKey()
        let origin = origin()
        let latest = latestCheckpoint(origin: origin?.origin, key: key)
        for (position, text) in earlierCheckpoints.prefix(Self.earlierCheckpointsMax).enumerated() {
            expect(text, file: "earlier checkpoint \(position + 1)", origin: origin?.origin, key: key)
        }
        expected.sort { $0.checkpoint.size < $1.checkpoint.size }
        if let origin { readSegments(logID: origin.logID) }
        for missing in expected.dropFirst(nextExpected) {
            report(
                .entriesMissing,
                file: missing.file,
                "the checkpoint covers \(missing.checkpoint.size) entries and only \(frontier.size) whole ones are here"
            )
        }
        let objects = readObjects()
        return LogVerification(
            entries: frontier.size,
            segmentBytes: segmentBytes,
            root: frontier.root,
            checkpoint: latest,
            objects: objects,
            findings: findings
        )
    }

    private mutating func report(
        _ code: LogFinding.Code,
        _ severity: LogFinding.Severity = .damage,
        file: String,
        offset: Int? = nil,
        index: UInt64? = nil,
        _ message: String
    ) {
        findings.append(LogFinding(code, severity, file: file, offset: offset, index: index, message))
    }

    // MARK: Origin, key, checkpoints

    private mutating func ownKey() -> VerifierKey? {
        let path = LogKeys.verifierKeyPath(folder)
        do {
            guard let bytes = try ReadOnlyFile.contents(of: path, bytesMax: 4_096) else {
                report(
                    .unreadable,
                    .warning,
                    file: path,
                    "no verifier key is here and none was given: no signature is checked"
                )
                return nil
            }
            return try VerifierKey(text: String(decoding: bytes, as: UTF8.self))
        } catch {
            report(.unreadable, file: path, "\(error)")
            return nil
        }
    }

    private mutating func origin() -> LogOrigin? {
        do throws(LogError) {
            if let origin = try LogOrigin.read(folder) { return origin }
            report(.origin, file: folder.origin, "no log was born in this folder")
        } catch {
            report(.origin, file: folder.origin, error.message)
        }
        return nil
    }

    private mutating func latestCheckpoint(origin: String?, key: VerifierKey?) -> Checkpoint? {
        do throws(LogError) {
            if let stored = try StoredCheckpoint.read(folder) {
                return expect(stored.note.encoded, file: folder.checkpoint, origin: origin, key: key)
            }
            report(
                .checkpoint,
                .warning,
                file: folder.checkpoint,
                "no checkpoint was signed yet: the order of the entries is not proved"
            )
        } catch {
            report(.checkpoint, file: folder.checkpoint, error.message)
        }
        return nil
    }

    /// Notes a checkpoint to hold the entries against; nil when it is malformed, of another log or wrongly signed.
    @discardableResult
    private mutating func expect(_ text: String, file: String, origin: String?, key: VerifierKey?) -> Checkpoint? {
        do throws(CheckpointError) {
            let note = try SignedNote(encoded: text)
            let checkpoint = try Checkpoint(text: note.text)
            guard origin == nil || checkpoint.origin == origin else {
                report(.checkpoint, file: file, "it is a checkpoint of another log, \"\(checkpoint.origin)\"")
                return nil
            }
            expected.append((checkpoint, file))
            guard let key else { return nil }
            guard note.isSigned(by: key) else {
                report(.signature, file: file, "it is not signed by the key \(key.text)")
                return nil
            }
            return checkpoint
        } catch {
            report(.checkpoint, file: file, error.message)
            return nil
        }
    }

    /// Compares the root whenever as many entries were read as a checkpoint covers.
    private mutating func compareRoots() {
        while nextExpected < expected.count, expected[nextExpected].checkpoint.size == frontier.size {
            let (checkpoint, file) = expected[nextExpected]
            nextExpected += 1
            if checkpoint.root != frontier.root {
                report(
                    .root,
                    file: file,
                    index: frontier.size,
                    "the first \(frontier.size) entries are not those that it was signed over"
                )
            }
        }
    }

    // MARK: Segments

    private mutating func readSegments(logID: LogID) {
        do throws(LogError) {
            compareRoots()
            let indexes = try folder.segmentIndexes()
            for firstIndex in indexes {
                guard firstIndex == frontier.size else {
                    report(
                        .gapInSegments,
                        file: folder.segment(firstIndex: firstIndex),
                        index: frontier.size,
                        "the segment begins at entry \(firstIndex) and the one before it ends at \(frontier.size)"
                    )
                    return
                }
                guard try readSegment(firstIndex, logID: logID, isLast: firstIndex == indexes.last) else { return }
            }
        } catch {
            report(.unreadable, file: folder.segments, index: frontier.size, error.message)
        }
    }

    /// Reads one segment; false when nothing after it can be told.
    private mutating func readSegment(_ firstIndex: UInt64, logID: LogID, isLast: Bool) throws(LogError) -> Bool {
        var cursor = try SegmentCursor(folder, firstIndex: firstIndex)
        if let damage = try cursor.headerDamage(logID: logID) {
            let wasInUse = try cursor.containsSyncedRecord(from: 0)
            let isTorn = isLast && !wasInUse
            report(
                isTorn ? .tornTail : .framing,
                isTorn ? .warning : .damage,
                file: cursor.path,
                offset: 0,
                index: firstIndex,
                damage.description
            )
            return false
        }
        while true {
            switch try cursor.read() {
            case .batch(let batch):
                batch.visit { _, entry in
                    frontier.append(MerkleHasher.leaf(entry))
                    compareRoots()
                }
            case .end:
                segmentBytes += cursor.offset
                return true
            case .torn(let damage):
                segmentBytes += cursor.offset
                report(
                    .tornTail,
                    .warning,
                    file: cursor.path,
                    offset: cursor.offset,
                    index: frontier.size,
                    "an unfinished group at the end: \(damage)"
                )
                return false
            case .damaged(let damage):
                report(
                    .framing,
                    file: cursor.path,
                    offset: cursor.offset,
                    index: frontier.size,
                    "\(damage), and the log goes on after it"
                )
                return false
            }
        }
    }

    // MARK: Objects

    private mutating func readObjects() -> Int {
        let store = ObjectStore(folder: folder)
        var count = 0
        do throws(FileFault) {
            for part in try Folder.names(in: folder.objects) {
                for name in try Folder.names(in: folder.objects + "/" + part) {
                    let path = folder.objects + "/" + part + "/" + name
                    guard let hash = SHA256Hash(hex: name), folder.object(hash).file == path else {
                        report(.object, .warning, file: path, "no object has this name")
                        continue
                    }
                    count += 1
                    do throws(LogError) {
                        _ = try store.get(hash)
                    } catch {
                        report(.object, file: path, error.message)
                    }
                }
            }
        } catch {
            report(.unreadable, file: folder.objects, error.description)
        }
        return count
    }
}
