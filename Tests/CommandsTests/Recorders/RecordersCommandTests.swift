// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite("recorders")
struct RecordersCommandTests {
    @Test("new makes a key file for its owner alone, never over another one, and show prints the same")
    func keyFile() async throws {
        let folder = try TemporaryFolder()
        let file = folder.path("ann.pem")
        let made = try await concordat("recorders", "new", file).expect(0)
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let content = try String(contentsOfFile: file, encoding: .utf8)
        #expect(content.hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
        #expect(!made.output.contains(content.split(separator: "\n")[1]))

        try await concordat("recorders", "new", file).expectComplaint(1, "is there already and is never overwritten")
        #expect(try String(contentsOfFile: file, encoding: .utf8) == content)

        let shown = try await concordat("recorders", "show", file).expect(0)
        #expect(shown.output == made.output)
        let key = try #require(try await concordat("recorders", "show", file, "--json").expect(0).object["publicKey"])
        let text = try #require(key as? String)
        #expect(Data(base64Encoded: text)?.count == 32)
        #expect(shown.output.contains("    public_key: \(text)\n"))
        let link = folder.path("link.pem")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
        try await #expect(concordat("recorders", "show", link).expect(0).output == made.output)
        try await concordat("recorders", "new", folder.path("none/ann.pem")).expectComplaint(3, "folder exists")
    }

    @Test("a file that is no key, or that others may read, is refused")
    func notAKey() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", to: "torn.pem")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        try await concordat("recorders", "show", file).expectComplaint(2, "is no Ed25519 private key in PEM")
        try await concordat("recorders", "show", folder.path("none")).expectComplaint(2, "can't be read")
        let open = folder.path("open.pem")
        try await concordat("recorders", "new", open).expect(0)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: open)
        try await concordat("recorders", "show", open).expectComplaint(3, "can be read by others", "chmod 600")
    }
}
