// SPDX-License-Identifier: Apache-2.0

package import Ledger

/// What the verification of a whole log came to.
package struct LogVerification: Hashable, Sendable {
    /// How many entries were read, in order and whole.
    package let entries: UInt64
    /// How many bytes of the segment files they take, with the headers.
    package let segmentBytes: Int
    /// The RFC 6962 root over them.
    package let root: SHA256Hash
    /// The latest checkpoint, when it is well-formed and rightly signed.
    package let checkpoint: Checkpoint?
    /// How many objects were checked against their names.
    package let objects: Int
    /// What was found, in the order of reading.
    package let findings: [LogFinding]

    /// Whether nothing was found that puts a promised entry in doubt.
    package var isIntact: Bool { findings.allSatisfy { $0.severity != .damage } }

    /// How many entries no checkpoint covers yet.
    package var entriesAfterCheckpoint: UInt64 {
        let covered = checkpoint?.size ?? 0
        return entries > covered ? entries - covered : 0
    }
}
