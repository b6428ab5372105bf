// SPDX-License-Identifier: Apache-2.0

import Testing
import Wire

@Suite("HTTP/1.1: every byte at every place")
struct HTTPCharacterTests {
    static let tokens = Set("!#$%&'*+-.0123456789^_`|~".utf8).union(letters)
    static let hosts = Set("!$%&'()*+-.0123456789:;=[]_~".utf8).union(letters)
    static let letters = Set(UInt8(ascii: "a")...UInt8(ascii: "z")).union(UInt8(ascii: "A")...UInt8(ascii: "Z"))
    static let lengths = [1, 2, 15, 16, 17, 33]

    @Test("of a field's name", arguments: lengths)
    func names(length: Int) {
        everyByte(length, before: "GET / HTTP/1.1\r\nhost: a\r\n", behind: ": v\r\n") { bytes, place, byte in
            // A colon ends the name, and an end of line leaves a line without one.
            if byte == UInt8(ascii: ":"), place > 0 { return }
            let expected: Result<Int, HTTPError> =
                Self.tokens.contains(byte) ? .success(2) : .failure(fault(byte, place))
            #expect(read(bytes).map(\.fields.count) == expected)
        }
        func fault(_ byte: UInt8, _ place: Int) -> HTTPError {
            if byte == 0x0A { return HTTPError(.lineEndInvalid, line: 3) }
            if place == 0, byte == 0x20 || byte == 0x09 { return HTTPError(.lineFolded, line: 3) }
            return HTTPError(.fieldNameInvalid, line: 3)
        }
    }

    @Test("of a field's value", arguments: lengths)
    func values(length: Int) {
        everyByte(length, before: "GET / HTTP/1.1\r\nhost: a\r\nx: \"", behind: "\"\r\n") { bytes, place, byte in
            let isValue = byte >= 0x20 && byte != 0x7F || byte == 0x09
            let fault = HTTPError(byte == 0x0A || byte == 0x0D ? .lineEndInvalid : .fieldValueInvalid, line: 3)
            let value = Array(bytes[28..<28 + length + 2])
            #expect(value[place + 1] == byte)
            let text = "x=" + String(decoding: value, as: UTF8.self)
            let expected: Result<String, HTTPError> = isValue ? .success(text) : .failure(fault)
            #expect(read(bytes).map { $0.fields[1] } == expected)
        }
    }

    @Test("of a host", arguments: lengths)
    func hosts(length: Int) {
        everyByte(length, before: "GET / HTTP/1.1\r\nHost: a", behind: "a\r\n") { bytes, _, byte in
            let isRead = if case .success = read(bytes) { true } else { false }
            #expect(isRead == Self.hosts.contains(byte))
        }
    }

    @Test("of a target", arguments: lengths)
    func targets(length: Int) {
        everyByte(length, before: "GET /", behind: "/ HTTP/1.1\r\nhost: a\r\n") { bytes, place, byte in
            let isVisible = byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "#")
            let isRead = if case .success = read(bytes) { true } else { false }
            #expect(isRead == isVisible)
        }
    }

    @Test("a field is read alike whatever comes behind its line, and however much of that there is")
    func ends() throws {
        let names = ["a", "accept", "content-type", "x-ratelimit-remaining-requests", "X_y.z", "authorization"]
        for name in names {
            for length in 0..<36 {
                let value = String(repeating: "v", count: length)
                for behind in 0..<20 {
                    let text = "GET / HTTP/1.1\r\nhost: a\r\n\(name):\(value)\t \r\n\r\n"
                    let bytes = Array(text.utf8) + [UInt8](repeating: 0x3A, count: behind)
                    var reader = HTTPHeadReader(.requests)
                    let isWhole = try reader.read(bytes.span)
                    #expect(isWhole)
                    let field = reader.head.fields[1]
                    #expect(bytes[field.nameRange].elementsEqual(name.utf8))
                    #expect(bytes[field.valueRange].elementsEqual(value.utf8))
                    #expect(reader.head.byteCount == text.utf8.count)
                }
            }
        }
    }

    /// Puts every byte in every place of a text of letters.
    private func everyByte(
        _ length: Int, before: String, behind: String, _ check: ([UInt8], Int, UInt8) -> Void
    ) {
        for place in 0..<length {
            for byte in 0...UInt8.max {
                var text = [UInt8](repeating: 0x7A, count: length)
                text[place] = byte
                check(Array(before.utf8) + text + Array((behind + "\r\n").utf8), place, byte)
            }
        }
    }

    private func read(_ bytes: [UInt8]) -> Result<MessageReading, HTTPError> {
        Result { () throws(HTTPError) in try MessageReading.read([bytes]) }
    }
}
