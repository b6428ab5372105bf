// SPDX-License-Identifier: Apache-2.0

import Replay
import Testing

@Suite("A decoder of files")
struct InputDecoderTests {
    private static let text = "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46.6805900,374,44\n"

    /// `text`, as `gzip -9n` writes it.
    private static let gzip: [UInt8] = [
        0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x0B, 0xF1, 0xF4, 0x75, 0x0D, 0x0E,
        0x71, 0xF4, 0x0D, 0xD0, 0x71, 0xCE, 0xCF, 0x2B, 0x49, 0xAD, 0x28, 0x09, 0xC9, 0xCF, 0x4E, 0xCD,
        0x2B, 0xD6, 0x71, 0x4F, 0xCD, 0x4B, 0x2D, 0x4A, 0x2C, 0x49, 0x4D, 0x81, 0xF0, 0xB9, 0x8C, 0x0C,
        0x8C, 0x8C, 0x75, 0x0D, 0x0D, 0x75, 0x0D, 0xCD, 0x14, 0x0C, 0x2D, 0xAC, 0x0C, 0x4D, 0xAD, 0x4C,
        0xCC, 0xF4, 0xCC, 0x2C, 0x0C, 0x4C, 0x2D, 0x0D, 0x0C, 0x74, 0x8C, 0xCD, 0x4D, 0x74, 0x4C, 0x4C,
        0xB8, 0x00, 0xB9, 0x2E, 0x23, 0x6D, 0x4B, 0x00, 0x00, 0x00,
    ]

    private func decode(_ chunks: [[UInt8]]) throws -> [UInt8] {
        var decoder = InputDecoder()
        var output: [UInt8] = []
        for chunk in chunks {
            try decoder.push(chunk) { (bytes) throws(ReplayError) in output += bytes }
        }
        try decoder.finish { (bytes) throws(ReplayError) in output += bytes }
        return output
    }

    @Test("knows gzip by its first bytes, in every split", arguments: [Array(text.utf8), gzip])
    func everySplit(bytes: [UInt8]) throws {
        for split in 0...bytes.count {
            #expect(try decode([Array(bytes[..<split]), Array(bytes[split...])]) == Array(Self.text.utf8))
        }
        #expect(try decode(bytes.map { [$0] }) == Array(Self.text.utf8))
    }

    @Test("joins gzip members")
    func members() throws {
        #expect(try decode([Self.gzip + Self.gzip]) == Array((Self.text + Self.text).utf8))
    }

    @Test("gives a file of one byte as it is")
    func oneByte() throws {
        #expect(try decode([[0x1F]]) == [0x1F])
    }

    @Test("refuses gzip that is cut short anywhere")
    func truncated() {
        for length in 2..<Self.gzip.count {
            #expect(throws: InputFailure.self, "cut to \(length) bytes") {
                try decode([Array(Self.gzip[..<length])])
            }
        }
    }

    @Test("never gives other bytes for gzip with a flipped bit without an error, and never crashes")
    func corrupt() {
        for position in 0..<Self.gzip.count * 8 {
            var bytes = Self.gzip
            bytes[position / 8] ^= 1 << (position % 8)
            guard bytes.starts(with: [0x1F, 0x8B]), let output = try? decode([bytes]) else { continue }
            #expect(output == Array(Self.text.utf8), "bit \(position)")
        }
    }

    @Test("names the file and the cause of damage")
    func message() {
        let error = #expect(throws: ReplayError.self) {
            try TraceReader.read(chunks: [Array(Self.gzip.dropLast(4))], name: "t.csv.gz")
        }
        #expect(error?.code == .corruptGzip)
        #expect(
            error?.description
                == "t.csv.gz: the gzip data is damaged or cut short (the data ends inside a gzip member); "
                + "fetch the file again, or check it with gzip -t"
        )
    }

    @Test("gives what is large in pieces of at most 64 KiB")
    func pieces() throws {
        var decoder = InputDecoder()
        var total = 0
        var largest = 0
        try decoder.push(Self.blanks) { (bytes) throws(ReplayError) in
            total += bytes.count
            largest = max(largest, bytes.count)
        }
        try decoder.finish { (bytes) throws(ReplayError) in total += bytes.count }
        #expect(total == 200_000)
        #expect(largest == 64 * 1024)
    }

    /// 200,000 blanks, as `gzip -9n` writes them.
    private static let blanks: [UInt8] =
        [
            0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xED, 0xC1, 0x31, 0x01, 0x00, 0x00, 0x00, 0xC2,
            0xA0, 0x2A, 0xEB, 0x9F, 0xD2, 0x0C, 0xFE, 0x40, 0x01,
        ]
        + [UInt8](repeating: 0, count: 193)
        + [0xAF, 0x01, 0x31, 0x61, 0x62, 0x10, 0x40, 0x0D, 0x03, 0x00]
}
