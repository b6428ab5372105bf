// SPDX-License-Identifier: Apache-2.0

import Testing
import Wire

@Suite("JSON: strings at every length and place")
struct JSONStringTests {
    /// What stands somewhere in a string of letters, and what the reader makes of it.
    enum Outcome {
        /// The string ends there.
        case end
        /// The string goes on, with so many bytes less once its escapes are resolved.
        case text(saved: Int)
        /// So many bytes behind the beginning of what stands there, something is wrong.
        case fault(JSONError.Code, Int)
    }

    static let parts: [(bytes: [UInt8], outcome: Outcome)] = [
        ([0x22], .end), ([0x5C, 0x6E], .text(saved: 1)), ([0x5C, 0x22], .text(saved: 1)),
        (Array(#"\u00e9"#.utf8), .text(saved: 4)), (Array(#"\ud83c\udf00"#.utf8), .text(saved: 8)),
        ([0x5C, 0x78], .fault(.invalidEscape, 0)), ([0x00], .fault(.controlCharacter, 0)),
        ([0x02], .fault(.controlCharacter, 0)), ([0x0A], .fault(.controlCharacter, 0)),
        ([0x1F], .fault(.controlCharacter, 0)), ([0x20], .text(saved: 0)), ([0x21], .text(saved: 0)),
        ([0x23], .text(saved: 0)), ([0x5B], .text(saved: 0)), ([0x5D], .text(saved: 0)), ([0x7F], .text(saved: 0)),
        (Array("é".utf8), .text(saved: 0)), (Array("水".utf8), .text(saved: 0)),
        (Array("\u{1F300}é水\u{FFFD}\u{800}".utf8), .text(saved: 0)), ([0x80], .fault(.invalidUTF8, 0)),
        ([0xA0], .fault(.invalidUTF8, 0)), ([0xA2], .fault(.invalidUTF8, 0)), ([0xDC], .fault(.invalidUTF8, 0)),
        ([0xFF], .fault(.invalidUTF8, 0)), ([0xC3, 0x28], .fault(.invalidUTF8, 0)),
        ([0xE6, 0xB0, 0x28], .fault(.invalidUTF8, 0)), ([0xE0, 0x9F, 0xBF], .fault(.invalidUTF8, 0)),
        ([0xED, 0xA0, 0x80], .fault(.invalidUTF8, 0)), ([0xC3, 0xA9, 0x80], .fault(.invalidUTF8, 2)),
    ]

    @Test("whatever stands in a string is read alike at every place", arguments: parts.indices)
    func places(index: Int) {
        let part = Self.parts[index]
        for length in Array(0...9) + Array(13...17) + Array(22...34) + [47, 48, 49, 63, 64, 80] {
            for place in 0...length {
                var document: [UInt8] = [0x22] + [UInt8](repeating: 0x7A, count: length) + [0x22]
                document.insert(contentsOf: part.bytes, at: 1 + place)
                let expected: Result<JSONText, JSONError>
                switch part.outcome {
                case .end: expected = .success(JSONText(range: 1..<1 + place, unescapedCount: place))
                case .text(let saved):
                    let end = 1 + length + part.bytes.count
                    expected = .success(JSONText(range: 1..<end, unescapedCount: end - 1 - saved))
                case .fault(let code, let offset): expected = .failure(JSONError(code, at: 1 + place + offset))
                }
                let text = read(document.span)
                #expect(text == expected, "\(length) \(place)")
                // A value, and a key, are walked over by other ways.
                document.append(contentsOf: Array(":0}".utf8))
                document.insert(contentsOf: Array("{".utf8), at: 0)
                if case .end = part.outcome { continue }
                var refusal: JSONError?
                do throws(JSONError) { try JSONCursor.validate(document.span) } catch { refusal = error }
                refusal?.offset -= 1
                let isExpected = if case .failure(let fault) = expected { refusal == fault } else { refusal == nil }
                #expect(isExpected, "\(length) \(place)")
            }
        }
    }

    @Test("what lies behind the end of a span is not looked at")
    func ends() {
        for part in Self.parts {
            for length in [0, 1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 40] {
                var document: [UInt8] = [0x22] + [UInt8](repeating: 0x7A, count: length)
                document += part.bytes + Array("zz\",\"zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz".utf8)
                for count in document.indices {
                    let text = read(document.span.extracting(first: count))
                    let textOfCopy = read(Array(document[..<count]).span)
                    #expect(text == textOfCopy, "\(length) \(count)")
                }
            }
        }
    }

    @Test("a value is walked over as it is read member by member", arguments: [0xA11CE, 0x5EED] as [UInt64])
    func walks(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let alphabet = Array("{}[]\",:\\0123456789e-.tn \n\u{1F}é".utf8) + [0x80, 0xFF]
        var refused = 0
        for round in 0..<JSONFoundationTests.mutations {
            var document = Array((JSONFoundationTests.seeds.randomElement(using: &random) ?? "").utf8)
            for _ in 0..<Int.random(in: 0...2, using: &random) {
                let place = Int.random(in: 0..<document.count, using: &random)
                let byte = alphabet.randomElement(using: &random) ?? 0
                switch Int.random(in: 0..<4, using: &random) {
                case 0: document[place] = byte
                case 1: document.insert(byte, at: place)
                case 2 where document.count > 1: document.remove(at: place)
                default: document.removeSubrange(max(place, 1)...)
                }
            }
            var skipping = JSONCursor()
            let skipped = Result { () throws(JSONError) in try skipping.skipValue(in: document.span) }
            var walking = JSONCursor()
            let walked = Result { () throws(JSONError) in try walk(&walking, in: document.span) }
            #expect(skipped == walked, "seed \(seed), round \(round): \(String(decoding: document, as: UTF8.self))")
            if case .success = skipped {
                #expect(skipping.position == walking.position)
                #expect(skipping.depth == 0)
            } else {
                refused += 1
            }
        }
        #expect(refused > JSONFoundationTests.mutations / 10)
    }

    private func walk(_ cursor: inout JSONCursor, in bytes: Span<UInt8>) throws(JSONError) -> Range<Int> {
        let kind = try cursor.peekKind(in: bytes)
        let start = cursor.position
        switch kind {
        case .object:
            try cursor.openObject(in: bytes)
            while try cursor.nextKey(in: bytes) != nil { _ = try walk(&cursor, in: bytes) }
        case .array:
            try cursor.openArray(in: bytes)
            while try cursor.nextElement(in: bytes) { _ = try walk(&cursor, in: bytes) }
        case .string: _ = try cursor.string(in: bytes)
        case .number: _ = try cursor.number(in: bytes)
        case .true, .false, .null: _ = try cursor.literal(kind, in: bytes)
        }
        return start..<cursor.position
    }

    private func read(_ bytes: Span<UInt8>) -> Result<JSONText, JSONError> {
        var cursor = JSONCursor()
        return Result { () throws(JSONError) in try cursor.string(in: bytes) }
    }
}
