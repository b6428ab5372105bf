// SPDX-License-Identifier: Apache-2.0

import Testing
import Wire

@Suite("CBOR: the strict decoder")
struct CBORDecoderTests {
    @Test(
        "whatever is not deterministic or not supported is refused, with its offset",
        arguments: [
            ("", .unexpectedEnd, 0), ("1800", .notShortest, 0), ("1817", .notShortest, 0), ("190018", .notShortest, 0),
            ("1900ff", .notShortest, 0), ("1a0000ffff", .notShortest, 0), ("1b00000000ffffffff", .notShortest, 0),
            ("3817", .notShortest, 0), ("5817" + String(repeating: "00", count: 23), .notShortest, 0),
            ("7801", .notShortest, 0), ("9801", .notShortest, 0), ("b801", .notShortest, 0),
            ("5fff", .indefiniteLength, 0), ("7fff", .indefiniteLength, 0), ("9fff", .indefiniteLength, 0),
            ("bfff", .indefiniteLength, 0), ("1c", .unsupportedItem, 0), ("1f", .unsupportedItem, 0),
            ("3e", .unsupportedItem, 0), ("c0", .unsupportedItem, 0), ("c11a514b67b0", .unsupportedItem, 0),
            ("f7", .unsupportedItem, 0), ("f0", .unsupportedItem, 0), ("f8ff", .unsupportedItem, 0),
            ("f90000", .unsupportedItem, 0), ("fa47c35000", .unsupportedItem, 0),
            ("fb7e37e43c8800759c", .unsupportedItem, 0), ("ff", .unsupportedItem, 0), ("18", .unexpectedEnd, 1),
            ("1903", .unexpectedEnd, 2), ("41", .unexpectedEnd, 1), ("6261", .unexpectedEnd, 2),
            ("5bffffffffffffffff", .unexpectedEnd, 9), ("9bffffffffffffffff", .unexpectedEnd, 9),
            ("bb7fffffffffffffff", .unexpectedEnd, 9), ("8201", .unexpectedEnd, 2), ("a101", .unexpectedEnd, 2),
            ("a202000100", .keysNotAscending, 3), ("a201000100", .duplicateKey, 3),
            ("a2616200616100", .keysNotAscending, 4), ("a220000000", .keysNotAscending, 3),
            ("a1800000", .unsupportedKey, 1), ("a1a000", .unsupportedKey, 1), ("a1f500", .unsupportedKey, 1),
            ("61ff", .invalidUTF8, 0), ("62c328", .invalidUTF8, 0), ("63eda080", .invalidUTF8, 0),
            ("0000", .trailingBytes, 1), ("820102f6", .trailingBytes, 3),
            (String(repeating: "81", count: 17) + "00", .tooDeep, 16),
        ] as [(String, CBORError.Code, Int)]
    )
    func refuses(encoding: String, code: CBORError.Code, offset: Int) {
        let error = #expect(throws: CBORError.self) {
            var decoder = CBORDecoder(bytes(encoding))
            try decoder.skip()
            try decoder.finish()
        }
        #expect(error == CBORError(code, at: offset))
        #expect(error?.message.hasSuffix("at byte \(offset).") == true)
    }

    @Test("sixteen levels are read")
    func depth() throws {
        var decoder = CBORDecoder(bytes(String(repeating: "81", count: 16) + "00"))
        try decoder.skip()
        try decoder.finish()
    }

    @Test("an item of another kind than asked for is refused")
    func kinds() {
        #expect(throws: CBORError(.unexpectedKind, at: 0)) {
            var decoder = CBORDecoder(bytes("6161"))
            _ = try decoder.unsigned()
        }
        #expect(throws: CBORError(.unexpectedKind, at: 0)) {
            var decoder = CBORDecoder(bytes("01"))
            _ = try decoder.map()
        }
        #expect(throws: CBORError(.integerOutOfRange, at: 0)) {
            var decoder = CBORDecoder(bytes("1bffffffffffffffff"))
            _ = try decoder.integer()
        }
        #expect(throws: CBORError(.integerOutOfRange, at: 0)) {
            var decoder = CBORDecoder(bytes("3bffffffffffffffff"))
            _ = try decoder.integer()
        }
    }

    @Test("finishing inside a container is refused")
    func openContainer() throws {
        var decoder = CBORDecoder(bytes("820102"))
        _ = try decoder.array()
        _ = try decoder.unsigned()
        #expect(throws: CBORError(.containerOpen, at: 2)) { try decoder.finish() }
    }

    @Test("every prefix of an encoding is refused and none crashes")
    func prefixes() throws {
        var encoder = CBOREncoder()
        encoder.beginMap(count: 3)
        encoder.key(1)
        encoder.put(text: "primary \u{6C34}")
        encoder.key(40)
        encoder.beginArray(count: 3)
        encoder.put(integer: -70_000)
        encoder.put(bytes: [1, 2, 3] as [UInt8])
        encoder.putNull()
        encoder.key(70_000)
        encoder.put(bool: true)
        #expect(throws: Never.self) { try validate(encoder.bytes) }
        for count in 0..<encoder.bytes.count {
            #expect(throws: CBORError.self) { try validate(Array(encoder.bytes.prefix(count))) }
        }
    }

    @Test("random bytes are refused or are what the encoder would write", arguments: [0x5EED, 0xC0B0] as [UInt64])
    func randomBytes(seed: UInt64) throws {
        print("seed: \(seed)")
        var random = SplitMix64(seed: seed)
        var accepted = 0
        for _ in 0..<20_000 {
            let input = (0..<Int.random(in: 0...12, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            var decoder = CBORDecoder(input)
            guard (try? decoder.skip()) != nil, (try? decoder.finish()) != nil else { continue }
            accepted += 1
            var reader = CBORDecoder(input)
            let value = try CBORValue(from: &reader)
            guard value.hasIntegerKeysOnly else { continue }
            var encoder = CBOREncoder()
            value.encode(into: &encoder)
            #expect(encoder.bytes == input)
        }
        #expect(accepted > 100)
    }

    private func validate(_ encoding: [UInt8]) throws {
        var decoder = CBORDecoder(encoding)
        try decoder.skip()
        try decoder.finish()
    }
}
