// SPDX-License-Identifier: Apache-2.0

import Testing
import Wire

@Suite("JSON: the strict cursor")
struct JSONCursorTests {
    @Test(
        "well-formed documents are accepted",
        arguments: [
            "{}", "[]", " \t\r\n{ } \n", "0", "-0", "1", "-1", "10", "1.5", "1e5", "1E+5", "1.25e-10", "-0.0e0",
            "123456789012345678901234567890", "\"\"", "\"a\"", "\"\\u0041\"", "\"\\ud83d\\ude00\"",
            "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "true", "false", "null", "[1,2,[3,{\"a\":[]}]]",
            "{\"a\":1,\"a\":2}", "{\"\":{}}", "\"水 é \u{1F300} \u{7F}\u{2028}\"",
            "[\"\u{D7FF}\",\"\u{E000}\",\"\u{10FFFF}\"]",
            "[[[[[[[[]]]]]]]]", "\"\\ud83d\"", "\"\\ude00\\ud83d\"", "\"\\ud83d\\u0041\"", "[ 1 , 2 ]",
            "{ \"a\" : 1 , \"b\" : 2 }",
        ]
    )
    func accepts(document: String) throws {
        try JSONCursor.validate(Array(document.utf8).span)
    }

    @Test(
        "malformed documents are refused with what is wrong and where",
        arguments: [
            ("", .unexpectedEnd, 0), ("   ", .unexpectedEnd, 3), ("{", .unexpectedEnd, 1), ("[", .unexpectedEnd, 1),
            ("}", .unexpectedByte, 0), ("]", .unexpectedByte, 0), (",", .unexpectedByte, 0), ("{]", .unexpectedByte, 1),
            ("[}", .unexpectedByte, 1), ("{\"a\"", .unexpectedEnd, 4), ("{\"a\":", .unexpectedEnd, 5),
            ("{\"a\":1", .unexpectedEnd, 6), ("{\"a\":1,", .unexpectedEnd, 7), ("{\"a\":1,}", .unexpectedByte, 7),
            ("{,}", .unexpectedByte, 1), ("{\"a\" 1}", .unexpectedByte, 5), ("{\"a\"::1}", .unexpectedByte, 5),
            ("{a:1}", .unexpectedByte, 1), ("{'a':1}", .unexpectedByte, 1), ("{1:1}", .unexpectedByte, 1),
            ("{\"a\":1 \"b\":2}", .unexpectedByte, 7), ("{\"a\":}", .unexpectedByte, 5), ("[1 2]", .unexpectedByte, 3),
            ("[1,]", .unexpectedByte, 3), ("[,1]", .unexpectedByte, 1), ("[1,,2]", .unexpectedByte, 3),
            ("[1", .unexpectedEnd, 2), ("[1,", .unexpectedEnd, 3), ("[1]]", .trailingBytes, 3),
            ("{}{}", .trailingBytes, 2), ("{} x", .trailingBytes, 3), ("1 2", .trailingBytes, 2),
            ("{}\u{0}", .trailingBytes, 2), ("\u{FEFF}{}", .unexpectedByte, 0), ("01", .invalidNumber, 0),
            ("-01", .invalidNumber, 1), ("-", .unexpectedEnd, 1), ("+1", .unexpectedByte, 0),
            (".5", .unexpectedByte, 0),
            ("1.", .unexpectedEnd, 2), ("[1.]", .invalidNumber, 3), ("[1.e5]", .invalidNumber, 3),
            ("1e", .unexpectedEnd, 2), ("[1e]", .invalidNumber, 3), ("1e+", .unexpectedEnd, 3),
            ("[1e+]", .invalidNumber, 4), ("[-a]", .invalidNumber, 2), ("0x10", .trailingBytes, 1),
            ("1_000", .trailingBytes, 1), ("NaN", .unexpectedByte, 0), ("Infinity", .unexpectedByte, 0),
            ("-Infinity", .invalidNumber, 1), ("tru", .unexpectedEnd, 3), ("trua", .unexpectedByte, 0),
            ("True", .unexpectedByte, 0), ("nul", .unexpectedEnd, 3), ("nulL", .unexpectedByte, 0),
            ("truee", .trailingBytes, 4), ("fals ", .unexpectedByte, 0), ("undefined", .unexpectedByte, 0),
            ("\"", .unexpectedEnd, 1), ("\"abc", .unexpectedEnd, 4), ("\"abcdefghijk", .unexpectedEnd, 12),
            ("\"\\\"", .unexpectedEnd, 3), ("\"\\", .unexpectedEnd, 2), ("\"\\a\"", .invalidEscape, 1),
            ("\"\\x41\"", .invalidEscape, 1), ("\"\\U0041\"", .invalidEscape, 1), ("\"\\'\"", .invalidEscape, 1),
            ("\"\\u004\"", .invalidEscape, 6), ("\"\\u00g0\"", .invalidEscape, 5), ("\"\\u", .unexpectedEnd, 3),
            ("\"\\ud83d\\u12\"", .unexpectedEnd, 12), ("\"\\ud83d\\uzzzz\"", .invalidEscape, 9),
            ("\"\n\"", .controlCharacter, 1),
            ("\"\t\"", .controlCharacter, 1), ("\"\u{0}\"", .controlCharacter, 1), ("\"\u{1F}\"", .controlCharacter, 1),
            ("\"abcdefgh\u{1}\"", .controlCharacter, 9), ("{\"a\nb\":1}", .controlCharacter, 3),
            ("// c\n{}", .unexpectedByte, 0),
            ("{}//", .trailingBytes, 2), ("{\"a\":1/**/}", .unexpectedByte, 6), ("[1}", .unexpectedByte, 2),
            ("{\"a\":1]", .unexpectedByte, 6), ("\u{A0}{}", .unexpectedByte, 0), ("\u{C}{}", .unexpectedByte, 0),
        ] as [(String, JSONError.Code, Int)]
    )
    func refuses(document: String, code: JSONError.Code, offset: Int) {
        let error = #expect(throws: JSONError.self) { try JSONCursor.validate(Array(document.utf8).span) }
        #expect(error == JSONError(code, at: offset))
    }

    @Test(
        "bytes that are not UTF-8 are refused, whatever they hide behind",
        arguments: [
            [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x20], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF],
            [0xE2, 0x82], [0xE2, 0x28, 0xA1], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80],
            [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x8C], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFE],
            [0xFF],
            [0xE6, 0xB0, 0x22],
        ] as [[UInt8]]
    )
    func refusesInvalidUTF8(sequence: [UInt8]) {
        for padding in 0..<10 {
            let prefix = [0x22] + [UInt8](repeating: 0x61, count: padding)
            let error = #expect(throws: JSONError.self) {
                try JSONCursor.validate((prefix + sequence + [0x22]).span)
            }
            #expect(error?.code == .invalidUTF8 || error?.code == .unexpectedEnd)
        }
    }

    @Test("a quote, a backslash or a control character is seen at every place of a word")
    func words() throws {
        for length in 0..<24 {
            for place in 0..<max(length, 1) where place < length {
                for (byte, isFine) in [
                    (0x22, false), (0x5C, false), (0x1F, false), (0x00, false), (0x20, true), (0x7F, true),
                ] {
                    var document = [0x22] + [UInt8](repeating: 0x7A, count: length) + [0x22]
                    document[place + 1] = UInt8(byte)
                    let isAccepted = (try? JSONCursor.validate(document.span)) != nil
                    // A backslash before the last quote, or before a z, is wrong as well.
                    #expect(isAccepted == isFine, "\(length) \(place) \(byte)")
                }
            }
        }
    }

    @Test("64 levels are taken and 65 refused, arrays and objects alike")
    func depth() {
        func nested(_ depth: Int, _ open: String, _ close: String) -> [UInt8] {
            Array((String(repeating: open, count: depth) + "0" + String(repeating: close, count: depth)).utf8)
        }
        #expect(throws: Never.self) { try JSONCursor.validate(nested(64, "[", "]").span) }
        #expect(throws: Never.self) { try JSONCursor.validate(nested(64, "{\"a\":", "}").span) }
        #expect(throws: JSONError(.tooDeep, at: 64)) { try JSONCursor.validate(nested(65, "[", "]").span) }
        #expect(throws: JSONError(.tooDeep, at: 320)) { try JSONCursor.validate(nested(65, "{\"a\":", "}").span) }
        #expect(throws: JSONError(.tooDeep, at: 64)) {
            try JSONCursor.validate([UInt8](repeating: UInt8(ascii: "["), count: 1_000_000).span)
        }
    }

    @Test(
        "integers are read exactly or not at all",
        arguments: [
            ("0", 0), ("-0", 0), ("42", 42), ("9223372036854775807", .max), ("9223372036854775808", nil),
            ("-9223372036854775808", .min), ("-9223372036854775809", nil), ("99999999999999999999", nil), ("1.0", nil),
            ("1e3", nil),
        ] as [(String, Int64?)]
    )
    func integers(text: String, value: Int64?) {
        let bytes = Array(text.utf8)
        #expect(JSONCursor.integer(0..<bytes.count, in: bytes.span) == value)
    }

    @Test(
        "strings are unescaped",
        arguments: [
            ("\"gpt-5\"", "gpt-5"), ("\"mod\\u0065l\"", "model"), ("\"\\u00e9\\u6c34\"", "é水"),
            ("\"\\ud83c\\udf00!\"", "\u{1F300}!"), ("\"\\b\\f\\n\\r\\t\\/\\\\\\\"\"", "\u{8}\u{C}\n\r\t/\\\""),
            ("\"\\ud83c\"", nil), ("\"\\ud83c\\u0041\"", nil), ("\"\\ud800\\ud800\"", nil), ("\"\\udbff\\ue000\"", nil),
            ("\"\\udf00\\ud83c\"", nil), ("\"水\\n\"", "水\n"), ("\"\\u0000\"", "\u{0}"),
        ] as [(String, String?)]
    )
    func unescaping(document: String, expected: String?) throws {
        let bytes = Array(document.utf8)
        var cursor = JSONCursor()
        let text = try cursor.string(in: bytes.span)
        #expect(text.string(in: bytes.span) == expected)
        if let expected { #expect(text.unescapedCount == expected.utf8.count) }
    }

    @Test("a cut text ends at a whole character")
    func cut() throws {
        for document in ["\"水水水\"", "\"\\u6c34\\u6c34\\u6c34\""] {
            let bytes = Array(document.utf8)
            var cursor = JSONCursor()
            let text = try cursor.string(in: bytes.span)
            for (bytesMax, count) in [(0, 0), (1, 0), (2, 0), (3, 1), (4, 1), (5, 1), (6, 2), (8, 2), (9, 3), (99, 3)] {
                #expect(text.string(in: bytes.span, bytesMax: bytesMax) == String(repeating: "水", count: count))
            }
        }
    }

    @Test("encoded names are read back", arguments: ["gpt-5", "a\"b\\c", "\u{1}\u{1F}\n", "水", ""])
    func encoding(name: String) throws {
        let bytes = JSONText.encode(name)
        var cursor = JSONCursor()
        #expect(try cursor.string(in: bytes.span).string(in: bytes.span) == name)
        try cursor.finish(in: bytes.span)
    }
}
