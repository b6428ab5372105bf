// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite("Help")
struct HelpTests {
    /// Every command with its help, as the parser itself lists them.
    private struct Command: Decodable {
        var commandName: String
        var subcommands: [Command]?

        func paths(under path: [String] = []) -> [[String]] {
            let own = path + [commandName]
            return [own] + (subcommands ?? []).filter { $0.commandName != "help" }.flatMap { $0.paths(under: own) }
        }
    }

    private struct Dump: Decodable {
        var command: Command
    }

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Fixtures/help")

    @Test("the help of every command is as its golden file has it; CONCORDAT_UPDATE_GOLDEN=1 writes them anew")
    func goldens() async throws {
        let dump = try await concordat("--experimental-dump-help").expect(0)
        let commands = try JSONDecoder().decode(Dump.self, from: Data(dump.output.utf8)).command.paths()
        #expect(commands.count >= 25)
        let isUpdate = ProcessInfo.processInfo.environment["CONCORDAT_UPDATE_GOLDEN"] == "1"
        var names: Set<String> = []
        for path in commands {
            let run = try await concordat(Array(path.dropFirst()) + ["--help"]).expect(0)
            #expect(run.errors.isEmpty)
            let name = path.joined(separator: "-") + ".txt"
            names.insert(name)
            let file = Self.folder.appendingPathComponent(name)
            if isUpdate {
                try Data(run.output.utf8).write(to: file)
            } else {
                let golden = try? String(contentsOf: file, encoding: .utf8)
                #expect(run.output == golden, "\(name) differs")
            }
        }
        let found = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(Set(found) == names, "a golden file belongs to no command")
    }

    @Test(
        "a command that has subcommands prints its help when none is named",
        arguments: ["agreement", "evidence", "ledger", "keys"])
    func group(name: String) async throws {
        let run = try await concordat(name).expect(0)
        #expect(run.output.contains("SUBCOMMANDS:"))
    }

    @Test("the version is a number of three parts")
    func version() async throws {
        let run = try await concordat("--version").expect(0)
        #expect(run.output.split(separator: ".").count == 3)
    }
}
