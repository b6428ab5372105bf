// SPDX-License-Identifier: Apache-2.0

package import Wire

/// Bytes that are not a record of the published format.
package struct RecordError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was wrong.
    package enum Code: Sendable, Equatable {
        /// Not deterministic CBOR.
        case encoding
        /// A format version or type that this release does not know.
        case unknown
        /// A field is missing, or one is there that the type does not have.
        case fields
        /// A field has a value that it can't have.
        case value
    }

    package var code: Code
    package var message: String
    package var cause: CBORError?

    package init(_ code: Code, _ message: String, cause: CBORError? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    package var description: String { message }

    static func encoding(_ cause: CBORError) -> RecordError {
        RecordError(.encoding, "The entry is not a record: " + cause.message, cause: cause)
    }
}
