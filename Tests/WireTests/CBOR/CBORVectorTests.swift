// SPDX-License-Identifier: Apache-2.0

import Testing
import Wire

/// Appendix A of RFC 8949, as far as deterministic CBOR without tags and floats goes.
@Suite("CBOR: the examples of RFC 8949")
struct CBORVectorTests {
    @Test(
        "unsigned integers take their shortest form",
        arguments: [
            (0, "00"), (1, "01"), (10, "0a"), (23, "17"), (24, "1818"), (25, "1819"), (100, "1864"), (255, "18ff"),
            (256, "190100"), (1000, "1903e8"), (65_535, "19ffff"), (65_536, "1a00010000"), (1_000_000, "1a000f4240"),
            (4_294_967_295, "1affffffff"), (4_294_967_296, "1b0000000100000000"),
            (1_000_000_000_000, "1b000000e8d4a51000"), (18_446_744_073_709_551_615, "1bffffffffffffffff"),
        ] as [(UInt64, String)]
    )
    func unsigned(value: UInt64, encoding: String) throws {
        var encoder = CBOREncoder()
        encoder.put(unsigned: value)
        #expect(hexadecimal(encoder.bytes) == encoding)
        var decoder = CBORDecoder(encoder.bytes)
        #expect(try decoder.unsigned() == value)
        try decoder.finish()
    }

    @Test(
        "signed integers take their shortest form",
        arguments: [
            (0, "00"), (-1, "20"), (-10, "29"), (-24, "37"), (-25, "3818"), (-100, "3863"), (-1000, "3903e7"),
            (.max, "1b7fffffffffffffff"), (.min, "3b7fffffffffffffff"),
        ] as [(Int64, String)]
    )
    func signed(value: Int64, encoding: String) throws {
        var encoder = CBOREncoder()
        encoder.put(integer: value)
        #expect(hexadecimal(encoder.bytes) == encoding)
        var decoder = CBORDecoder(encoder.bytes)
        #expect(try decoder.integer() == value)
        try decoder.finish()
    }

    @Test(
        "texts are written with their length in bytes",
        arguments: [
            ("", "60"), ("a", "6161"), ("IETF", "6449455446"), ("\"\\", "62225c"), ("\u{FC}", "62c3bc"),
            ("\u{6C34}", "63e6b0b4"), ("\u{10151}", "64f0908591"),
        ]
    )
    func text(value: String, encoding: String) throws {
        var encoder = CBOREncoder()
        encoder.put(text: value)
        #expect(hexadecimal(encoder.bytes) == encoding)
        var decoder = CBORDecoder(encoder.bytes)
        #expect(try decoder.text() == value)
        try decoder.finish()
    }

    @Test("simple values, byte strings, arrays and maps are written as in the appendix")
    func containers() {
        #expect(encode { $0.put(bool: false) } == "f4")
        #expect(encode { $0.put(bool: true) } == "f5")
        #expect(encode { $0.putNull() } == "f6")
        #expect(encode { $0.put(bytes: [UInt8]()) } == "40")
        #expect(encode { $0.put(bytes: [1, 2, 3, 4] as [UInt8]) } == "4401020304")
        #expect(encode { $0.beginArray(count: 0) } == "80")
        #expect(
            encode {
                $0.beginArray(count: 3)
                $0.put(unsigned: 1)
                $0.put(unsigned: 2)
                $0.put(unsigned: 3)
            } == "83010203"
        )
        #expect(
            encode {
                $0.beginArray(count: 3)
                $0.put(unsigned: 1)
                for pair in [[2, 3], [4, 5]] as [[UInt64]] {
                    $0.beginArray(count: 2)
                    for value in pair { $0.put(unsigned: value) }
                }
            } == "8301820203820405"
        )
        #expect(
            encode {
                $0.beginArray(count: 25)
                for value in 1...25 as ClosedRange<UInt64> { $0.put(unsigned: value) }
            } == "98190102030405060708090a0b0c0d0e0f101112131415161718181819"
        )
        #expect(encode { $0.beginMap(count: 0) } == "a0")
        #expect(
            encode {
                $0.beginMap(count: 2)
                $0.key(1)
                $0.put(unsigned: 2)
                $0.key(3)
                $0.put(unsigned: 4)
            } == "a201020304"
        )
    }

    @Test("maps with text keys are read, in the order of their encodings")
    func textKeys() throws {
        // {"a": 1, "b": [2, 3]}
        var decoder = CBORDecoder(bytes("a26161016162820203"))
        #expect(try decoder.map() == 2)
        #expect(try decoder.text() == "a")
        #expect(try decoder.unsigned() == 1)
        #expect(try decoder.text() == "b")
        #expect(try decoder.array() == 2)
        #expect(try decoder.unsigned() == 2)
        #expect(try decoder.unsigned() == 3)
        try decoder.finish()
    }

    private func encode(_ write: (inout CBOREncoder) -> Void) -> String {
        var encoder = CBOREncoder()
        write(&encoder)
        #expect(encoder.isComplete == true)
        return hexadecimal(encoder.bytes)
    }
}

func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

func bytes(_ hexadecimal: String) -> [UInt8] {
    let digits = Array(hexadecimal)
    return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0..<$0 + 2]), radix: 16) }
}
