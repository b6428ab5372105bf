// SPDX-License-Identifier: Apache-2.0

/// What a log commits to: its first `size` entries have this root (C2SP tlog-checkpoint).
///
/// Three lines and nothing after them: extension lines are discouraged by the specification, this log writes none
/// and refuses them.
package struct Checkpoint: Hashable, Sendable {
    /// Which log: the checkpoint's first line, and the name of the log's key.
    package let origin: String
    /// How many entries.
    package let size: UInt64
    /// The RFC 6962 root over them.
    package let root: SHA256Hash

    /// A checkpoint for a log with an origin.
    package init(origin: String, size: UInt64, root: SHA256Hash) {
        self.origin = origin
        self.size = size
        self.root = root
    }

    /// Reads the text of a note.
    ///
    /// - Parameter text: origin, size in decimal, root in base64, each ended by a newline.
    /// - Throws: `malformedCheckpoint`.
    package init(text: String) throws(CheckpointError) {
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        guard lines.count == 4, lines[3].isEmpty, !lines[0].isEmpty else {
            throw CheckpointError(
                .malformedCheckpoint,
                "a checkpoint has three lines: the origin, the size in decimal, the root in base64"
            )
        }
        guard let size = UInt64(lines[1]), String(size) == lines[1] else {
            throw CheckpointError(
                .malformedCheckpoint,
                "\"\(lines[1])\" is not the size of a checkpoint: expected a decimal number without leading zeros"
            )
        }
        guard let root = Base64.decode(lines[2]).flatMap({ SHA256Hash(bytes: $0) }) else {
            throw CheckpointError(
                .malformedCheckpoint,
                "\"\(lines[2])\" is not the root of a checkpoint: expected the base64 of 32 bytes"
            )
        }
        self.init(origin: lines[0], size: size, root: root)
    }

    /// The text to sign.
    package var text: String { "\(origin)\n\(size)\n\(root.base64)\n" }
}
