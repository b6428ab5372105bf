// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite("verify")
struct VerifyCommandTests {
    private static func verify(_ folder: TemporaryFolder, _ more: String...) async throws -> CommandRun {
        try await concordat(["verify", "--decisions", "--data", folder.path("data")] + more)
    }

    private static func segment(_ folder: TemporaryFolder) throws -> URL {
        let segments = folder.url.appendingPathComponent("data/log/segments")
        let names = try FileManager.default.contentsOfDirectory(atPath: segments.path).sorted()
        return segments.appendingPathComponent(try #require(names.last))
    }

    @Test("a clean ledger is intact, and its JSON has the documented members")
    func clean() async throws {
        let folder = try await Recording.shared.copy()
        #expect(try await Self.verify(folder).expect(0).output.contains("The ledger is intact."))
        let result = try await Self.verify(folder, "--json").expect(0).object
        let documented: Set = [
            "intact", "entries", "root", "checkpointSize", "entriesAfterCheckpoint", "findings", "warnings",
            "decisions",
        ]
        #expect(Set(result.keys) == documented)
        #expect(result["intact"] as? Bool == true)
        #expect(result["entries"] as? Int == result["checkpointSize"] as? Int)
        let decisions = try #require(result["decisions"] as? [String: Int])
        let counts: Set = [
            "repeated", "accepted", "placements", "refusals", "spills", "departures", "open", "gaps", "differences",
        ]
        #expect(Set(decisions.keys) == counts)
        #expect(decisions["accepted"] == 3)
        #expect(decisions["placements"] == 3)
        #expect(decisions["differences"] == 0)
    }

    @Test("the files alone are enough: no tables, no agreement, no configuration, not even the folder's secrets")
    func filesAlone() async throws {
        let folder = try await Recording.shared.copy()
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path("data"))
        where name.hasPrefix("concordat.sqlite") || name == "lock" {
            try FileManager.default.removeItem(atPath: folder.path("data/" + name))
        }
        for name in ["pepper.secret", "salt.secret", "signing.key"] {
            try FileManager.default.removeItem(atPath: folder.path("data/keys/" + name))
        }
        try await Self.verify(folder).expect(0)
    }

    @Test("one flipped byte anywhere in the log is found", arguments: [0.0, 0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98])
    func flipped(position: Double) async throws {
        let folder = try await Recording.shared.copy()
        let file = try Self.segment(folder)
        var bytes = try Data(contentsOf: file)
        bytes[bytes.startIndex + Int(Double(bytes.count) * position)] ^= 0x01
        try bytes.write(to: file)
        let result = try await Self.verify(folder, "--json").expect(1)
        #expect(result.errors.isEmpty)
        #expect(try result.object["intact"] as? Bool == false)
        #expect(try (result.object["findings"] as? [String])?.isEmpty == false)
        let text = try await Self.verify(folder).expect(1).output
        #expect(text.contains("finding: "))
        #expect(text.contains("The ledger is NOT intact."))
    }

    @Test(
        "entries that are missing at the end are found, since the checkpoint covers them", arguments: [1, 200, 2_000])
    func shortened(bytesMissing: Int) async throws {
        let folder = try await Recording.shared.copy()
        let file = try Self.segment(folder)
        let bytes = try Data(contentsOf: file)
        try bytes.dropLast(bytesMissing).write(to: file)
        let result = try await Self.verify(folder, "--json").expect(1).object
        #expect(result["intact"] as? Bool == false)
    }

    @Test("a missing segment, a missing object and a missing checkpoint are found")
    func missing() async throws {
        var folder = try await Recording.shared.copy()
        try FileManager.default.removeItem(at: try Self.segment(folder))
        try await Self.verify(folder).expect(1)

        folder = try await Recording.shared.copy()
        try FileManager.default.removeItem(atPath: folder.path("data/objects"))
        try await Self.verify(folder).expect(1)

        folder = try await Recording.shared.copy()
        try FileManager.default.removeItem(atPath: folder.path("data/log/checkpoint"))
        let run = try await Self.verify(folder)
        #expect(run.status == 1 || run.output.contains("warning: "), "\(run.output)")
    }

    @Test("a replaced object is found")
    func replacedObject() async throws {
        let folder = try await Recording.shared.copy()
        let objects = folder.url.appendingPathComponent("data/objects")
        let name = try #require(
            FileManager.default.subpaths(atPath: objects.path)?.sorted().first { $0.utf8.count > 60 })
        try Data("something else".utf8).write(to: objects.appendingPathComponent(name))
        #expect(try await Self.verify(folder).expect(1).output.contains("finding: "))
    }

    @Test("a checkpoint that was replaced by hand is found")
    func replacedCheckpoint() async throws {
        let folder = try await Recording.shared.copy()
        let file = folder.url.appendingPathComponent("data/log/checkpoint")
        var lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
        lines[1] = "1"
        try Data(lines.joined(separator: "\n").utf8).write(to: file)
        try await Self.verify(folder).expect(1)
        try Data("nonsense\n".utf8).write(to: file)
        try await Self.verify(folder).expect(1)
    }

    @Test("an older checkpoint that was kept is extended by the ledger; one of another ledger is not")
    func kept() async throws {
        let recording = try await Recording.shared
        let folder = try recording.copy()
        try await Self.verify(folder, "--checkpoint", recording.earlierCheckpoint).expect(0)
        let kept = try String(contentsOfFile: recording.earlierCheckpoint, encoding: .utf8)
        let forged = try folder.write(kept.replacingOccurrences(of: "\n\n", with: "\nextension\n\n"), to: "forged")
        try await Self.verify(folder, "--checkpoint", forged).expect(1)
        let empty = try folder.write("", to: "empty")
        try await Self.verify(folder, "--checkpoint", empty).expect(1)
    }

    @Test("the key that must have signed can be given: the folder's own passes, another does not")
    func key() async throws {
        let folder = try await Recording.shared.copy()
        let own = try String(contentsOfFile: folder.path("data/keys/verifier.key"), encoding: .utf8)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        try await Self.verify(folder, "--key", own).expect(0)
        let other = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
        try await Self.verify(folder, "--key", other).expect(1)
        try await Self.verify(folder, "--key", "nonsense").expectComplaint(2, "expected <name>+<8 hex digits>+<base64")
    }
}
