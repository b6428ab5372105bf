// SPDX-License-Identifier: Apache-2.0

import Testing
import Wire

@Suite("Bytes compared with literals")
struct LiteralTests {
    static let literals: [StaticString] = [
        "", "n", "te", "get", "host", "close", "expect", "api-key", "https://", "127.0.0.1", "connection",
        "traceparent",
        "content-type", "cache-control", "content-length", "x-content-type", "content-encoding", "transfer-encoding",
        "proxy-authorization", "prompt_tokens-details/x", "access-control-max-age-1", "access-control-max-age-12",
    ]

    @Test("agree byte by byte, whatever stands there", arguments: literals.indices)
    func agreement(index: Int) {
        let literal = Self.literals[index]
        let text = Array(literal.description.utf8)
        for padding in [0, 1, 9] {
            let around = [UInt8](repeating: 0x61, count: padding)
            let range = padding..<padding + text.count
            #expect(holds(around + text, literal, at: padding))
            #expect(text.isEmpty || !holds((around + text).dropLast(), literal, at: padding))
            #expect(!holds(text, literal, at: -1))
            for place in text.indices {
                for byte in 0...UInt8.max {
                    var bytes = around + text + around
                    bytes[padding + place] = byte
                    #expect(holds(bytes, literal, at: padding) == (byte == text[place]))
                    // The underscore has no place in a literal that is compared without regard to case.
                    guard !text.contains(UInt8(ascii: "_")) else { continue }
                    let lowered = UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte + 32 : byte
                    let isHeld = bytes.span.holds(literal, ignoringCaseIn: range)
                    #expect(isHeld == (lowered == text[place]), "\(place) \(byte)")
                }
            }
            let isHeldInMore = (around + text + [0x20]).span.holds(
                literal, ignoringCaseIn: padding..<padding + text.count + 1)
            #expect(!isHeldInMore)
        }
    }

    private func holds(_ bytes: [UInt8], _ literal: StaticString, at offset: Int) -> Bool {
        bytes.span.holds(literal, at: offset)
    }

    @Test("and a key of a document is found whether it is written with escapes or not", arguments: literals.indices)
    func keys(index: Int) throws {
        let literal = Self.literals[index]
        let text = Array(literal.description.utf8)
        for escaped in -1..<text.count {
            var document: [UInt8] = [0x22]
            for (place, byte) in text.enumerated() {
                document += place == escaped ? Array(#"\u00\#(String(byte, radix: 16))"#.utf8) : [byte]
            }
            document.append(0x22)
            var cursor = JSONCursor()
            let key = try cursor.string(in: document.span)
            for (other, candidate) in Self.literals.enumerated() {
                let isEqual = key.equals(candidate, in: document.span)
                #expect(isEqual == (other == index))
            }
        }
    }
}
