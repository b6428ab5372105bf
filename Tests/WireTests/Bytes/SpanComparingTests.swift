// SPDX-License-Identifier: Apache-2.0

import Testing
import Wire

@Suite("Bytes that are secrets")
struct SpanComparingTests {
    @Test("are equal in every byte of the range, whatever stands around it", arguments: 0...33)
    func equality(count: Int) {
        let secret = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ 1) }
        let shown = [1, 2, 3] + secret + [4, 5]
        let range = 3..<(3 + count)
        func isEqual(_ range: Range<Int>, of other: [UInt8]) -> Bool {
            secret.span.isSecretlyEqual(to: range, of: other.span)
        }
        #expect(isEqual(range, of: shown))
        for place in 0..<count {
            for bit in 0..<8 {
                var other = shown
                other[3 + place] ^= 1 << UInt8(bit)
                #expect(!isEqual(range, of: other), "byte \(place), bit \(bit)")
            }
        }
        #expect(!isEqual(3..<(4 + count), of: shown))
        #expect(!isEqual(6..<(6 + count), of: shown) || count == 0)
    }
}
