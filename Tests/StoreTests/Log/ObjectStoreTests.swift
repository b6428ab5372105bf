// SPDX-License-Identifier: Apache-2.0

import Foundation
import Ledger
import Store
import Testing

@Suite("The content-addressed objects")
struct ObjectStoreTests {
    private static func store(_ folder: TemporaryFolder) throws -> ObjectStore {
        try FileManager.default.createDirectory(
            atPath: folder.path + "/objects", withIntermediateDirectories: true)
        return ObjectStore(folder: LogFolder(folder.path))
    }

    @Test("an object is found by its hash, and putting it again changes nothing")
    func roundTrip() throws {
        let folder = try TemporaryFolder()
        let store = try Self.store(folder)
        for bytes in [[], Array("price list".utf8), [UInt8](repeating: 9, count: 100_000)] {
            let hash = try store.put(bytes)
            #expect(hash == SHA256Hash(hashing: bytes))
            #expect(try store.put(bytes) == hash)
            #expect(try store.get(hash) == bytes)
        }
    }

    @Test("a changed, cut or missing object is never handed out")
    func damaged() throws {
        let folder = try TemporaryFolder()
        let store = try Self.store(folder)
        let bytes = Array("an instrument".utf8)
        let hash = try store.put(bytes)
        let path = folder.path + "/objects/" + hash.hex.prefix(2) + "/" + hash.hex
        for changed in [[], Array(bytes.dropLast()), bytes + [0], Array("another thing".utf8)] {
            try folder.write(changed, to: path)
            let error = #expect(throws: LogError.self) { try store.get(hash) }
            #expect(error?.code == .objectDamaged)
        }
        #expect(try store.put(bytes) == hash)
        #expect(try store.get(hash) == bytes)
        let other = SHA256Hash(hashing: [1])
        let error = #expect(throws: LogError.self) { try store.get(other) }
        #expect(error?.code == .objectMissing)
    }

    @Test("an object over the limit is refused")
    func tooLong() throws {
        let store = try Self.store(TemporaryFolder())
        let bytes = [UInt8](repeating: 0, count: ObjectStore.objectBytesMax + 1)
        let error = #expect(throws: LogError.self) { try store.put(bytes) }
        #expect(error?.code == .tooLong)
    }
}
