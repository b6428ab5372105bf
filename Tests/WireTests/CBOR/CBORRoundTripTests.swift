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
