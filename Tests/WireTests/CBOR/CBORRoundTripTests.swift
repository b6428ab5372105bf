// SPDX-License-Identifier: Apache-2.0

import Testing
import Wire

@Suite("CBOR: round trips")
struct CBORRoundTripTests {
    @Test("what is written is read back", arguments: [1, 2, 0xC0FFEE] as [UInt64])
    func roundTrip(seed: UInt64) throws {
        print("seed: \(seed)")
        var random = SplitMix64(seed: seed)
        for _ in 0..<300 {
            let value = CBORValue.random(depth: 3, using: &random)
            var encoder = CBOREncoder(reservingBytes: 16)
            value.encode(into: &encoder)
            #expect(encoder.isComplete == true)
            var decoder = CBORDecoder(encoder.bytes)
            #expect(try CBORValue(from: &decoder) == value)
            try decoder.finish()
        }
    }

    @Test("an item that was encoded before counts as one, and its memory grows with it")
    func encodedItem() throws {
        var random = SplitMix64(seed: 6)
        for _ in 0..<100 {
            let values = (0..<40).map { _ in CBORValue.random(depth: 2, using: &random) }
            var whole = CBOREncoder(reservingBytes: 1)
            var parts = CBOREncoder(reservingBytes: 1)
            whole.beginArray(count: values.count)
            parts.beginArray(count: values.count)
            for value in values {
                value.encode(into: &whole)
                var part = CBOREncoder()
                value.encode(into: &part)
                parts.put(encoded: part.bytes)
            }
            #expect(parts.isComplete == true)
            #expect(parts.bytes == whole.bytes)
        }
    }

    @Test("an encoder that is emptied writes the same again")
    func removeAll() {
        var encoder = CBOREncoder()
        encoder.beginMap(count: 1)
        encoder.key(7)
        encoder.put(text: "seven")
        let first = encoder.bytes
        encoder.removeAll()
        encoder.beginMap(count: 1)
        encoder.key(7)
        encoder.put(text: "seven")
        #expect(encoder.bytes == first)
    }

    @Test("keys out of order stop the process")
    func keysOutOfOrder() async {
        await #expect(processExitsWith: .failure) {
            var encoder = CBOREncoder()
            encoder.beginMap(count: 2)
            encoder.key(2)
            encoder.put(bool: true)
            encoder.key(1)
        }
    }
}
