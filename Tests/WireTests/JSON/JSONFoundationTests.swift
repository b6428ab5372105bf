// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import Wire

@Suite("JSON: agreement with another reader")
struct JSONFoundationTests {
    static let seeds = [
        #"{"model":"gpt-5","messages":[{"role":"user","content":"Hi \u00e9 \n"}],"stream":true,"n":1}"#,
        #"{"a":[1,-2.5e10,0,true,false,null,"x\\"y"],"b":{"c":{"d":[[],{}]}},"":"水"}"#,
        #"[ "\ud83c\udf00" , { "k" : "v" } , 0.5 , -0 , 1E+2 ]"#,
        #"{"stream_options":{"include_usage":false},"temperature":0.7,"stop":["\t","\u0000"]}"#,
    ]

    /// How many damaged documents are read for each seed.
    static let mutations = ProcessInfo.processInfo.environment["CONCORDAT_MUTATIONS"].flatMap { Int($0) } ?? 6_000

    @Test("mutated documents are accepted and refused as Foundation does", arguments: [0xA11CE, 0xB0B, 42] as [UInt64])
    func mutations(seed: UInt64) throws {
        print("seed: \(seed)")
        var random = SplitMix64(seed: seed)
        let alphabet = Array("{}[]\",:\\u0123456789abcdefeE+-.tn \n\t\u{0}\u{1F}é".utf8) + [0x80, 0xC0, 0xED, 0xFF]
        var counts = (accepted: 0, refused: 0)
        for _ in 0..<Self.mutations {
            var document = Array((Self.seeds.randomElement(using: &random) ?? "").utf8)
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0..<document.count, using: &random)
                let byte = alphabet.randomElement(using: &random) ?? 0
                switch Int.random(in: 0..<5, using: &random) {
                case 0: document[place] = byte
                case 1: document.insert(byte, at: place)
                case 2 where document.count > 1: document.remove(at: place)
                case 3 where place > 0: document.removeSubrange(place...)
                default:
                    let end = Int.random(in: place..<document.count, using: &random)
                    document.insert(contentsOf: document[place...end], at: place)
                }
            }
            var refusal: JSONError?
            do { try JSONCursor.validate(document.span) } catch { refusal = error }
            guard Self.isComparable(document, refusal) else { continue }
            let isAccepted = refusal == nil
            let object = try? JSONSerialization.jsonObject(with: Data(document), options: [.fragmentsAllowed])
            #expect(isAccepted == (object != nil), "\(String(decoding: document, as: UTF8.self).debugDescription)")
            if isAccepted { counts.accepted += 1 } else { counts.refused += 1 }
        }
        #expect(counts.accepted > Self.mutations / 15)
        #expect(counts.refused > Self.mutations / 15)
    }

    @Test("strings of any escapes have the text that Foundation reads", arguments: [0xE5CA9E, 7] as [UInt64])
    func texts(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let parts = [
            #"\ud83c"#, #"\uDF00"#, #"\udbff"#, #"\uD800"#, #"\udfff"#, #"\udc00"#, #"\ue000"#, #"\u0041"#, #"\u0000"#,
            #"\u6c34"#,
            #"\u00e9"#, #"\n"#, #"\\"#, #"\""#, #"\/"#, #"\x"#, #"\u12"#, "u", "ud83c", "0", "é", "水", "\u{1F300}",
            "\t",
        ]
        var counts = (read: 0, refused: 0)
        for _ in 0..<Self.mutations {
            let contents = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                parts.randomElement(using: &random) ?? ""
            }
            let document = Array("\"\(contents.joined())\"".utf8)
            var cursor = JSONCursor()
            let ours = (try? cursor.string(in: document.span)).flatMap { $0.string(in: document.span) }
            let isWhole = cursor.position == document.count
            let theirs =
                try? JSONSerialization.jsonObject(with: Data(document), options: [.fragmentsAllowed]) as? String
            let text = String(decoding: document, as: UTF8.self)
            #expect((isWhole ? ours : nil).map { Array($0.utf8) } == theirs.map { Array($0.utf8) }, "\(text)")
            if ours == nil { counts.refused += 1 } else { counts.read += 1 }
        }
        #expect(counts.read > Self.mutations / 15)
        #expect(counts.refused > Self.mutations / 15)
    }

    /// Where the two differ: Foundation reads other encodings, takes a comma before a brace, and refuses half a
    /// surrogate pair, which is grammatical.
    private static func isComparable(_ document: [UInt8], _ refusal: JSONError?) -> Bool {
        if document.prefix(4).contains(0) || [0xEF, 0xFF].contains(document.first) { return false }
        if refusal?.code == .unexpectedByte, let offset = refusal?.offset, document[offset] == UInt8(ascii: "}") {
            return false
        }
        let text = String(decoding: document, as: UTF8.self).lowercased()
        return !text.replacing(#"\ud83c\udf00"#, with: "").contains(#"\ud"#)
    }
}
