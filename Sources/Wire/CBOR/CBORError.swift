// SPDX-License-Identifier: Apache-2.0

/// Why bytes are not the deterministic CBOR that was expected, and where.
package struct CBORError: Error, Equatable, Sendable {
    /// What was wrong.
    package enum Code: UInt8, Sendable {
        case unexpectedEnd
        case trailingBytes
        /// A length or integer is written longer than it must be (RFC 8949, section 4.2.1).
        case notShortest
        case indefiniteLength
        /// Tags, floating point and simple values other than false, true and null are never written.
        case unsupportedItem
        case keysNotAscending
        case duplicateKey
        /// A map key is neither an integer nor a string.
        case unsupportedKey
        case invalidUTF8
        case tooDeep
        /// The item is well-formed but of another kind than the reader asked for.
        case unexpectedKind
        /// The integer does not fit the type that the reader asked for.
        case integerOutOfRange
        /// The reader asked for an item after the last of a container.
        case containerEnded
        /// The reader finished before all items of a container were read.
        case containerOpen
    }

    package var code: Code
    /// Offset in bytes from the start of the encoding.
    package var offset: Int

    package init(_ code: Code, at offset: Int) {
        self.code = code
        self.offset = offset
    }

    /// One sentence for the person who reads the file.
    package var message: String {
        let what =
            switch code {
            case .unexpectedEnd: "The encoding ends too early"
            case .trailingBytes: "Other bytes follow the encoding"
            case .notShortest: "An integer or length is not in its shortest form"
            case .indefiniteLength: "An item has an indefinite length"
            case .unsupportedItem: "An item is a tag, a float or an unknown simple value"
            case .keysNotAscending: "The keys of a map are not in ascending order"
            case .duplicateKey: "A map has a key twice"
            case .unsupportedKey: "A map key is neither an integer nor a string"
            case .invalidUTF8: "A text is not valid UTF-8"
            case .tooDeep: "Items are nested deeper than \(CBORDecoder.depthMax) levels"
            case .unexpectedKind: "An item is of another kind than expected"
            case .integerOutOfRange: "An integer does not fit the field"
            case .containerEnded: "A map or array has fewer items than expected"
            case .containerOpen: "A map or array has more items than expected"
            }
        return "\(what), at byte \(offset)."
    }
}
