// SPDX-License-Identifier: Apache-2.0

/// Why bytes are not the JSON document that was expected, and where.
///
/// A value of this type allocates nothing, so that hostile bodies stay cheap to refuse.
package struct JSONError: Error, Equatable, Sendable {
    /// What was wrong.
    package enum Code: UInt8, Sendable {
        // Grammar (RFC 8259) and encoding (RFC 3629).
        case unexpectedEnd
        case unexpectedByte
        case trailingBytes
        case invalidUTF8
        case controlCharacter
        case invalidEscape
        case invalidNumber
        case tooDeep
        // Shape: well-formed, but not what the reader was told to expect.
        case notAnObject
        case notAnArray
        case notAString
        case notABoolean
        case notAnInteger
        case integerOutOfRange
        case duplicateKey
        case missingKey
        case emptyString
        case stringTooLong
        case invalidUnicode
        case notMetered
    }

    package var code: Code
    /// Offset in bytes from the start of the document.
    package var offset: Int
    /// The dotted name of the member that has the wrong shape; empty for errors of grammar.
    package var field: JSONField

    package init(_ code: Code, at offset: Int, field: JSONField = .none) {
        self.code = code
        self.offset = offset
        self.field = field
    }

    /// One sentence for the person who sent the document.
    package var message: String {
        let name = field == .none ? "The document" : "'\(field.rawValue)'"
        return switch code {
        case .unexpectedEnd: "The JSON document ends too early, at byte \(offset)."
        case .unexpectedByte: "The JSON document has a byte that does not belong at offset \(offset)."
        case .trailingBytes: "The JSON document is followed by other bytes at offset \(offset); send one document."
        case .invalidUTF8: "The JSON document is not valid UTF-8 at byte \(offset)."
        case .controlCharacter: "A string has an unescaped control character at byte \(offset); escape it."
        case .invalidEscape: "A string has an unknown escape at byte \(offset)."
        case .invalidNumber: "A number is malformed at byte \(offset)."
        case .tooDeep: "The JSON document is nested deeper than \(JSONCursor.depthMax) levels at byte \(offset)."
        case .notAnObject: "\(name) must be an object."
        case .notAnArray: "\(name) must be an array."
        case .notAString: "\(name) must be a string."
        case .notABoolean: "\(name) must be true or false."
        case .notAnInteger: "\(name) must be an integer."
        case .integerOutOfRange: "\(name) must be an integer from 0 to \(Int32.max)."
        case .duplicateKey: "\(name) is given more than once; give it once."
        case .missingKey: "\(name) is required."
        case .emptyString: "\(name) must not be empty."
        case .stringTooLong: "\(name) is too long."
        case .invalidUnicode: "\(name) has an unpaired surrogate escape."
        case .notMetered:
            "\(name) asks for an answer that is fetched later, which can't be metered here; leave it out."
        }
    }
}
