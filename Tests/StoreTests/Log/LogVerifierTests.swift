// SPDX-License-Identifier: Apache-2.0

import Foundation
import Ledger
import Store
import Testing

@Suite("Verifying a log from its files")
struct LogVerifierTests {
    @Test("any bit flipped in any file that holds the log is found")
    func everyBit() throws {
        let folder = try TemporaryFolder()
        var options = DataLog.Options.testing()
        options.segmentBytesMax = 100
        try writeLog(folder.path, 0..<5, options: options)
        try writeLog(folder.path, 5..<12, options: options)
        let paths = LogFolder(folder.path)
        let object = try ObjectStore(folder: paths).put(Array("an instrument".utf8))
        let names = try FileManager.default.contentsOfDirectory(atPath: paths.segments).sorted()
        let files =
            names.map { paths.segments + "/" + $0 } + [paths.checkpoint, paths.origin]
            + [paths.objects + "/" + object.hex.prefix(2) + "/" + object.hex]
        #expect(names.count > 3)
        let keyText = String(decoding: try folder.read(paths.keys + "/verifier.key"), as: UTF8.self)
        let key = try VerifierKey(text: keyText)
        #expect(LogVerifier.verify(paths, verifierKey: key).findings == [])
        for file in files {
            let bytes = try folder.read(file)
            for bit in 0..<(bytes.count * 8) {
                var changed = bytes
                changed[bit / 8] ^= 1 << UInt8(bit % 8)
                try folder.write(changed, to: file)
                #expect(!LogVerifier.verify(paths, verifierKey: key).isIntact, "\(file), bit \(bit)")
            }
            try folder.write(bytes, to: file)
        }
        #expect(LogVerifier.verify(paths, verifierKey: key).findings == [])
    }

    @Test("a log whose end was cut off at a record, or that lacks a segment, is not intact")
    func missingEntries() throws {
        let folder = try TemporaryFolder()
        var options = DataLog.Options.testing()
        options.segmentBytesMax = 200
        try writeLog(folder.path, 0..<12, options: options)
        let paths = LogFolder(folder.path)
        for name in try FileManager.default.contentsOfDirectory(atPath: paths.segments) {
            let copy = try TemporaryFolder(copying: folder.path)
            try FileManager.default.removeItem(atPath: LogFolder(copy.path).segments + "/" + name)
            #expect(!LogVerifier.verify(LogFolder(copy.path)).isIntact, "\(name)")
        }
    }

    @Test("a log written anew under the same key does not grow out of the checkpoints that were kept")
    func rewritten() throws {
        let folder = try TemporaryFolder()
        try writeLog(folder.path, 0..<5)
        let kept = String(decoding: try folder.read(LogFolder(folder.path).checkpoint), as: UTF8.self)
        let paths = LogFolder(folder.path)
        for file in [paths.segment(firstIndex: 0), paths.checkpoint, paths.anchor] {
            try FileManager.default.removeItem(atPath: file)
        }
        try writeLog(folder.path, 1..<9)
        #expect(LogVerifier.verify(paths).findings == [])
        let verification = LogVerifier.verify(paths, earlierCheckpoints: [kept])
        #expect(verification.findings.map(\.code) == [.root])
        let other = try SigningKey(seed: [UInt8](repeating: 3, count: 32), name: "example.com/log").verifierKey
        #expect(LogVerifier.verify(paths, verifierKey: other).findings.map(\.code) == [.signature])
    }

    @Test("entries after the latest checkpoint are counted, and a torn tail is only a warning")
    func afterCheckpoint() throws {
        let folder = try TemporaryFolder()
        try writeLog(folder.path, 0..<5)
        let paths = LogFolder(folder.path)
        let checkpoint = try folder.read(paths.checkpoint)
        try writeLog(folder.path, 5..<8)
        try folder.write(checkpoint, to: paths.checkpoint)
        let segment = paths.segment(firstIndex: 0)
        try folder.write(try folder.read(segment) + [5, 0, 0, 0x80, 1, 1], to: segment)
        let verification = LogVerifier.verify(paths)
        #expect(verification.entries == 8)
        #expect(verification.entriesAfterCheckpoint == 3)
        #expect(verification.findings.map(\.code) == [.tornTail])
        #expect(verification.isIntact)
    }

    @Test("a folder that holds no log is a finding, not a crash")
    func noLog() throws {
        let folder = try TemporaryFolder()
        #expect(!LogVerifier.verify(LogFolder(folder.path)).isIntact)
        #expect(!LogVerifier.verify(LogFolder(folder.path + "/nowhere")).isIntact)
    }
}
