// SPDX-License-Identifier: Apache-2.0

extension HTTPBodyReader {
    /// Checks a chunk's extensions, which mean nothing here (RFC 9112, section 7.1.1).
    static func checkExtensions(_ range: Range<Int>, in bytes: Span<UInt8>) throws(HTTPError) {
        var position = range.lowerBound
        func skipBlanks() {
            while position < range.upperBound, HTTPCharacter.isBlank(bytes[position]) { position &+= 1 }
        }
        func skipToken() -> Bool {
            let start = position
            while position < range.upperBound, HTTPCharacter.isToken(bytes[position]) { position &+= 1 }
            return position > start
        }
        func skipQuoted() -> Bool {
            position &+= 1
            while position < range.upperBound {
                let byte = bytes[position]
                position &+= 1
                if byte == UInt8(ascii: "\"") { return true }
                guard HTTPCharacter.isValue(byte) else { return false }
                if byte == UInt8(ascii: "\\") {
                    guard position < range.upperBound, HTTPCharacter.isValue(bytes[position]) else { return false }
                    position &+= 1
                }
            }
            return false
        }
        while position < range.upperBound {
            skipBlanks()
            guard position < range.upperBound, bytes[position] == UInt8(ascii: ";") else {
                throw HTTPError(.chunkExtensionInvalid)
            }
            position &+= 1
            skipBlanks()
            guard skipToken() else { throw HTTPError(.chunkExtensionInvalid) }
            let nameEnd = position
            skipBlanks()
            guard position < range.upperBound, bytes[position] == UInt8(ascii: "=") else {
                position = nameEnd
                continue
            }
            position &+= 1
            skipBlanks()
            let isSound =
                position < range.upperBound && bytes[position] == UInt8(ascii: "\"") ? skipQuoted() : skipToken()
            guard isSound else { throw HTTPError(.chunkExtensionInvalid) }
        }
    }
}
