// SPDX-License-Identifier: Apache-2.0

import Ledger
import Testing

@Suite("CRC-32C")
struct CRC32CTests {
    static let published: [(bytes: [UInt8], checksum: UInt32)] = [
        ([UInt8](repeating: 0, count: 32), 0x8A91_36AA),
        ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43),
        ([UInt8](0..<32), 0x46DD_794E),
        ([UInt8]((0..<32).reversed()), 0x113F_DB5C),
        ([UInt8]("123456789".utf8), 0xE306_9283),
        ([], 0),
    ]

    @Test("the checksums of RFC 3720 appendix B.4 come out", arguments: published)
    func publishedValues(bytes: [UInt8], checksum: UInt32) {
        let computed = CRC32C.checksum(bytes.span)
        #expect(computed == checksum)
        let byTables = CRC32C.checksumByTables(bytes.span)
        #expect(byTables == checksum)
    }

    @Test("a checksum made in two parts is the checksum of the whole, at every split")
    func everySplit() {
        let bytes = (0..<100).map { UInt8($0 * 37 & 0xFF) }
        let whole = CRC32C.checksum(bytes.span)
        for split in 0...bytes.count {
            let first = CRC32C.checksum(bytes.span.extracting(0..<split))
            let both = CRC32C.checksum(bytes.span.extracting(split..<bytes.count), continuing: first)
            #expect(both == whole)
        }
    }

    @Test("the processor's instruction and the tables agree at every place and length")
    func everyPlaceAndLength() {
        let bytes = (0..<120).map { UInt8($0 * 91 & 0xFF) ^ UInt8($0) }
        for start in 0..<17 {
            for end in start...bytes.count {
                let part = bytes.span.extracting(start..<end)
                let (sum, byTables) = (CRC32C.checksum(part), CRC32C.checksumByTables(part))
                #expect(sum == byTables, "\(start)..<\(end)")
            }
        }
    }
}
