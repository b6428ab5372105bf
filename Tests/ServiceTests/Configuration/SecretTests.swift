// SPDX-License-Identifier: Apache-2.0

import Foundation
import Service
import Testing

@Suite("Secrets")
struct SecretTests {
    @Test("A secret shows itself in no description, interpolation, mirror or dump")
    func hidden() {
        let secret = Secret("canary")
        let resolved = ResolvedSecret(secret: secret)
        var dumped = ""
        dump(secret, to: &dumped)
        dump(resolved, to: &dumped)
        let texts = [
            "\(secret)", String(describing: secret), String(reflecting: secret), "\(resolved)",
            String(reflecting: resolved), "\([secret])", "\(Optional(secret) as Any)", dumped,
        ]
        for text in texts { #expect(!text.contains("canary")) }
        #expect(secret.revealed() == "canary")
    }

    @Test("An environment variable gives the secret")
    func variable() throws {
        let resolved = try SecretSource.env("KEY").resolve(environment: ["KEY": "canary"])
        #expect(resolved.secret.revealed() == "canary")
        #expect(resolved.warning == nil)
    }

    @Test("An unset and an empty environment variable are told apart by name")
    func variableMissing() {
        let unset = #expect(throws: ConfigurationError.self) { try SecretSource.env("KEY").resolve(environment: [:]) }
        #expect(unset?.message == "the environment variable KEY is not set; set it before the gateway starts")
        let empty = #expect(throws: ConfigurationError.self) {
            try SecretSource.env("KEY").resolve(environment: ["KEY": ""])
        }
        #expect(empty?.message == "the environment variable KEY is empty; set it to the key")
    }

    @Test(
        "A file gives the secret without line breaks at its end",
        arguments: [("canary", 0o600), ("canary\n", 0o400), ("canary\r\n", 0o600), ("canary\n\n", 0o600)])
    func file(content: String, mode: Int) throws {
        let resolved = try Self.resolve(content: Data(content.utf8), mode: mode)
        #expect(resolved.secret.revealed() == "canary")
        #expect(resolved.warning == nil)
    }

    @Test("A file that others may read gives the secret and a warning", arguments: [0o640, 0o604, 0o644])
    func readableByOthers(mode: Int) throws {
        let resolved = try Self.resolve(content: Data("canary".utf8), mode: mode)
        #expect(resolved.secret.revealed() == "canary")
        let warning = try #require(resolved.warning)
        #expect(warning.contains("chmod 600"))
        #expect(!warning.contains("canary"))
    }

    @Test("A file that is empty, too large or no text is refused, and not quoted")
    func unusable() {
        let contents: [(Data, String)] = [
            (Data(), "is empty"), (Data("\n".utf8), "is empty"),
            (Data(repeating: UInt8(ascii: "c"), count: 8_193), "is larger than 8192 bytes"),
            (Data([0xFF, 0xFE]) + Data("canary".utf8), "is not UTF-8"),
        ]
        for (content, reason) in contents {
            let error = #expect(throws: ConfigurationError.self) { try Self.resolve(content: content, mode: 0o600) }
            #expect(error?.code == .secret)
            #expect(error?.message.contains(reason) == true)
            #expect(error.map { !"\($0)".contains("canary") } == true)
        }
    }

    @Test("The greatest file is read")
    func greatest() throws {
        let resolved = try Self.resolve(content: Data(repeating: UInt8(ascii: "c"), count: 8_192), mode: 0o600)
        #expect(resolved.secret.revealed().utf8.count == 8_192)
    }

    @Test(
        "A missing file, a folder and a device are refused without waiting",
        arguments: ["/none/such", "/", "/dev/zero"])
    func notAFile(path: String) {
        let error = #expect(throws: ConfigurationError.self) { try SecretSource.file(path).resolve(environment: [:]) }
        #expect(error?.code == .secret)
        #expect(error?.message.contains(path) == true)
    }

    @Test("A link is followed, as orchestrators mount secrets by links")
    func link() throws {
        let folder = try ConfigurationFiles.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let target = folder.appending(path: "target")
        try Data("canary\n".utf8).write(to: target)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: target.path)
        let link = folder.appending(path: "link")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: target)
        let resolved = try SecretSource.file(link.path).resolve(environment: [:])
        #expect(resolved.secret.revealed() == "canary")
        #expect(resolved.warning == nil)
    }

    private static func resolve(content: Data, mode: Int) throws -> ResolvedSecret {
        let folder = try ConfigurationFiles.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "key")
        try content.write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
        return try SecretSource.file(file.path).resolve(environment: [:])
    }
}
