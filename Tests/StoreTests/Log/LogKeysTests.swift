// SPDX-License-Identifier: Apache-2.0

import Foundation
import Ledger
import Store
import Testing

@Suite("The keys of a log")
struct LogKeysTests {
    private static func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test("keys are made once, secret to their owner, and stay the same")
    func made() throws {
        let folder = try TemporaryFolder()
        let first = try DataLog.open(folder: folder.path, options: .testing())
        first.close()
        let keys = LogFolder(folder.path).keys
        #expect(try Self.mode(keys) == 0o700)
        #expect(try Self.mode(keys + "/signing.key") == 0o600)
        #expect(try Self.mode(keys + "/salt.secret") == 0o600)
        #expect(try Self.mode(keys + "/verifier.key") == 0o644)
        #expect(first.saltSecret.count == 32)
        let text = String(decoding: try folder.read(keys + "/verifier.key"), as: UTF8.self)
        #expect(try VerifierKey(text: text) == first.verifierKey)
        let second = try DataLog.open(folder: folder.path, options: .testing())
        second.close()
        #expect(second.verifierKey == first.verifierKey)
        #expect(second.saltSecret == first.saltSecret)
    }

    @Test(
        "a secret that others may read is refused, with the command that mends it",
        arguments: ["signing.key", "salt.secret"])
    func permissions(name: String) throws {
        let folder = try TemporaryFolder()
        try writeLog(folder.path, 0..<1)
        let path = LogFolder(folder.path).keys + "/" + name
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
        let error = #expect(throws: LogError.self) { try DataLog.open(folder: folder.path, options: .testing()) }
        #expect(error?.code == .key)
        #expect(error?.message.contains("chmod 600 \(path)") == true)
    }

    @Test("a log with entries does not go on under a new key", arguments: ["signing.key", "salt.secret"])
    func missing(name: String) throws {
        let folder = try TemporaryFolder()
        try writeLog(folder.path, 0..<1)
        try FileManager.default.removeItem(atPath: LogFolder(folder.path).keys + "/" + name)
        let error = #expect(throws: LogError.self) { try DataLog.open(folder: folder.path, options: .testing()) }
        #expect(error?.code == .key)
    }
}
