// SPDX-License-Identifier: Apache-2.0

/// Finds bytes that are no text that a YAML file may hold.
enum CharacterCheck {
    /// The first fault in the bytes, the characters or the line lengths.
    static func firstFault(in source: SourceText) -> Diagnostic? {
        encodingFault(in: source) ?? characterFault(in: source) ?? lengthFault(in: source)
    }

    private static func encodingFault(in source: SourceText) -> Diagnostic? {
        do {
            _ = try UTF8Span(validating: source.bytes.span)
            return nil
        } catch {
            let offset = error.byteOffsets.lowerBound
            return Diagnostic(
                .error, .invalidUTF8, in: source, at: source.place(ofByteAt: offset),
                offending: "byte 0x" + String(source.bytes[offset], radix: 16, uppercase: true),
                message: "byte \(offset) of the file is not UTF-8", expected: "text in UTF-8",
                mend: "save the file as UTF-8")
        }
    }

    private static func characterFault(in source: SourceText) -> Diagnostic? {
        let bytes = source.bytes
        for (offset, byte) in bytes.enumerated() where byte < 0x20 || byte >= 0x7F {
            let next = offset + 1 < bytes.count ? bytes[offset + 1] : 0
            let third = offset + 2 < bytes.count ? bytes[offset + 2] : 0
            let scalar: UInt32? =
                switch byte {
                case 0x09, 0x0A: nil
                case 0x0D: next == 0x0A ? nil : 0x0D
                case ..<0x20, 0x7F: UInt32(byte)
                case 0xC2 where next < 0xA0: UInt32(next)
                case 0xE2 where next == 0x80 && (third == 0xA8 || third == 0xA9): 0x2000 + UInt32(third & 0x3F)
                case 0xEF where next == 0xBB && third == 0xBF: 0xFEFF
                case 0xEF where next == 0xBF && third >= 0xBE: 0xFF00 + UInt32(third & 0x3F) + 0xC0
                default: nil
                }
            guard let scalar else { continue }
            return Diagnostic(
                .error, .controlCharacter, in: source, at: source.place(ofByteAt: offset),
                offending: "U+" + hexadecimal(scalar), message: "the file holds a character that is no text",
                expected: "printable characters, spaces and line breaks (LF or CR LF)",
                mend: "delete the character, or write it as an escape such as \"\\n\" inside double quotes")
        }
        return nil
    }

    private static func hexadecimal(_ scalar: UInt32) -> String {
        let digits = String(scalar, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    private static func lengthFault(in source: SourceText) -> Diagnostic? {
        for line in 1...source.lineCount {
            let count = source.lineRange(line).count
            guard count > DocumentLimits.lineBytesMax else { continue }
            return Diagnostic(
                .error, .lineTooLong, in: source, at: Place(line: line, column: 1), offending: "\(count) bytes",
                message: "the line is too long", expected: "at most \(DocumentLimits.lineBytesMax) bytes in a line",
                mend: "break the line, for a long text with a block scalar (`text: >`)")
        }
        return nil
    }
}
