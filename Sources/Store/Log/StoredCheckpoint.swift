// SPDX-License-Identifier: Apache-2.0

package import Ledger

/// The latest signed checkpoint of a data folder.
package struct StoredCheckpoint: Hashable, Sendable {
    /// The file that it was read from.
    let path: String
    /// The note as it stands there.
    package let note: SignedNote

    /// Reads the checkpoint of a folder; nil when none was signed yet.
    package static func read(_ folder: LogFolder) throws(LogError) -> StoredCheckpoint? {
        let path = folder.checkpoint
        let found = try LogError.wrapping { () throws(FileFault) in
            try ReadOnlyFile.contents(of: path, bytesMax: SignedNote.noteBytesMax)
        }
        guard let bytes = found else { return nil }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw LogError(.damaged, "\(path) is not text: restore it from a backup")
        }
        do throws(CheckpointError) {
            return StoredCheckpoint(path: path, note: try SignedNote(encoded: text))
        } catch {
            throw LogError(.damaged, "\(path): \(error.message)")
        }
    }

    /// The checkpoint, once its signature and its origin are right.
    package func checkpoint(of origin: String, signedBy key: VerifierKey) throws(LogError) -> Checkpoint {
        guard note.isSigned(by: key) else {
            throw LogError(
                .damaged,
                "\(path) is not signed by the log's key \(key.text): restore the checkpoint or the key from a backup"
            )
        }
        let checkpoint: Checkpoint
        do throws(CheckpointError) {
            checkpoint = try Checkpoint(text: note.text)
        } catch {
            throw LogError(.damaged, "\(path): \(error.message)")
        }
        guard checkpoint.origin == origin else {
            throw LogError(
                .wrongLog,
                "\(path) is a checkpoint of \"\(checkpoint.origin)\" and not of this log, \"\(origin)\": restore "
                    + "the log's own checkpoint"
            )
        }
        return checkpoint
    }
}
