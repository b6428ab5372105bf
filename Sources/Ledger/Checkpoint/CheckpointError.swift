// SPDX-License-Identifier: Apache-2.0

/// Why a key, a signed note or a checkpoint could not be read, or not be made.
package struct CheckpointError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of thing was wrong.
    package enum Code: Hashable, Sendable {
        /// The text of a key is not a key.
        case malformedKey
        /// A key name is empty or holds a space, a plus sign or a control character.
        case invalidName
        /// The text is not a signed note.
        case malformedNote
        /// The note's text is not a checkpoint.
        case malformedCheckpoint
        /// The signing itself failed.
        case signingFailed
    }

    /// What kind of thing was wrong.
    package let code: Code
    /// What was wrong and how to mend it.
    package let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
