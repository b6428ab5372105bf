// SPDX-License-Identifier: Apache-2.0

import Testing
import Wire

@Suite("Bytes that grow")
struct GrowingBytesTests {
    private func array(_ bytes: borrowing GrowingBytes) -> [UInt8] {
        bytes.withBytes { span in span.indices.map { span[$0] } }
    }

    @Test("hold what an array holds, whatever room there was at first", arguments: [0, 1, 7, 64])
    func likeAnArray(capacity: Int) {
        var random = SplitMix64(seed: 11)
        var bytes = GrowingBytes(capacity: capacity)
        for _ in 0..<3 {
            bytes.removeAll()
            var expected: [UInt8] = []
            for _ in 0..<200 {
                switch Int.random(in: 0..<3, using: &random) {
                case 0:
                    let piece = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                        UInt8.random(in: 0...255, using: &random)
                    }
                    bytes.append(piece.span)
                    expected += piece
                case 1:
                    bytes.append("some text")
                    expected += Array("some text".utf8)
                default:
                    let shift = UInt64.random(in: 0...63, using: &random)
                    let number = UInt64.random(in: 0...UInt64.max, using: &random) >> shift
                    bytes.append(decimal: number)
                    expected += Array(String(number).utf8)
                }
            }
            #expect(array(bytes) == expected)
            let count = bytes.count
            #expect(count == expected.count)
        }
    }

    @Test("write every length of number", arguments: [0, 9, 10, 99, 100, 999_999, 1_000_000, UInt64.max])
    func decimal(number: UInt64) {
        var bytes = GrowingBytes(capacity: 1)
        bytes.append(decimal: number)
        #expect(array(bytes) == Array(String(number).utf8))
    }
}
