// SPDX-License-Identifier: Apache-2.0

import Foundation
import Store
import Testing

@Suite("The anchor")
struct LogAnchorTests {
    @Test("opening reads only what came after the anchor, and gives the owner's blob back")
    func used() throws {
        let folder = try TemporaryFolder()
        let log = try DataLog.open(folder: folder.path, options: .testing())
        log.start(LogOwner().handlers())
        for number in 0..<100 { _ = try log.queue.accept(entry(number)) }
        log.setAnchorBlob([1, 2, 3])
        log.close()
        let again = try DataLog.open(folder: folder.path, options: .testing())
        defer { again.close() }
        #expect(again.recovery.scannedFromIndex == 100)
        #expect(again.recovery.nextIndex == 100)
        #expect(again.recovery.anchorBlob == [1, 2, 3])
    }

    @Test("an anchor with any byte changed, cut anywhere or missing changes nothing but the reading")
    func unusable() throws {
        let folder = try TemporaryFolder()
        var options = DataLog.Options.testing()
        options.segmentBytesMax = 400
        try writeLog(folder.path, 0..<30, options: options)
        let path = LogFolder(folder.path).anchor
        let anchor = try folder.read(path)
        let changed = anchor.indices.map { position in
            var changed = anchor
            changed[position] ^= 0x10
            return changed
        }
        let cut = stride(from: 0, to: anchor.count, by: 7).map { Array(anchor.prefix($0)) }
        for bytes in changed + cut {
            try folder.write(bytes, to: path)
            let log = try DataLog.open(folder: folder.path, options: options)
            #expect(log.recovery.nextIndex == 30)
            #expect(log.recovery.scannedFromIndex == 0)
            #expect(log.recovery.anchorBlob == nil)
            log.close()
        }
        try FileManager.default.removeItem(atPath: path)
        try writeLog(folder.path, 30..<60, options: options)
        #expect(try entries(in: folder.path) == (0..<60).map { entry($0) })
        #expect(LogVerifier.verify(LogFolder(folder.path)).findings == [])
    }

    @Test("the anchor of another time of the log is not believed against the files")
    func stale() throws {
        let folder = try TemporaryFolder()
        try writeLog(folder.path, 0..<10)
        let old = try TemporaryFolder(copying: folder.path)
        try writeLog(folder.path, 10..<20)
        let newer = try folder.read(LogFolder(folder.path).anchor)
        try old.write(newer, to: LogFolder(old.path).anchor)
        try writeLog(old.path, 10..<12)
        #expect(try entries(in: old.path) == (0..<12).map { entry($0) })
        #expect(LogVerifier.verify(LogFolder(old.path)).findings == [])
    }
}
