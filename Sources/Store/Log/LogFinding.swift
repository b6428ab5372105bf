// SPDX-License-Identifier: Apache-2.0

/// One thing that the verification of a log found.
package struct LogFinding: Hashable, Sendable, CustomStringConvertible {
    /// How serious a finding is.
    package enum Severity: Hashable, Sendable {
        /// The log is not what its owner signed, or not a whole log.
        case damage
        /// Something was not proved or is not in order, and no promised entry is in doubt.
        case warning
    }

    /// What was found.
    package enum Code: Hashable, Sendable {
        /// A file could not be read.
        case unreadable
        /// The origin file is missing or malformed.
        case origin
        /// The framing of a segment file is wrong.
        case framing
        /// A segment is missing: the indexes are not contiguous.
        case gapInSegments
        /// The last segment ends with an unfinished group, which the next opening cuts off.
        case tornTail
        /// A checkpoint is missing, malformed or of another log.
        case checkpoint
        /// A checkpoint is not signed by the key.
        case signature
        /// A checkpoint covers more entries than the log has.
        case entriesMissing
        /// The entries do not have the root that a checkpoint was signed over.
        case root
        /// An object's content is not what its name says.
        case object
    }

    /// What was found.
    package let code: Code
    /// How serious it is.
    package let severity: Severity
    /// The file that it is about.
    package let file: String
    /// Where in the file, in bytes.
    package let offset: Int?
    /// Which entry of the log.
    package let index: UInt64?
    /// What is wrong, in words.
    package let message: String

    init(
        _ code: Code,
        _ severity: Severity,
        file: String,
        offset: Int? = nil,
        index: UInt64? = nil,
        _ message: String
    ) {
        self.code = code
        self.severity = severity
        self.file = file
        self.offset = offset
        self.index = index
        self.message = message
    }

    package var description: String {
        let place = [offset.map { "offset \($0)" }, index.map { "entry \($0)" }].compactMap { $0 }
        return ([file] + place).joined(separator: ", ") + ": " + message
    }
}
