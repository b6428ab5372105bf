// SPDX-License-Identifier: Apache-2.0

package import ArgumentParser
internal import Foundation
internal import Replay
internal import Service

/// The command `concordat`.
package struct Concordat: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "concordat",
        abstract: "The AI gateway that reads your cloud agreements, keeps them, and proves it.",
        discussion: """
            Requests stay on the primary cloud as the agreement says, leave it only on a ground that the agreement \
            names, and each placement is written into a ledger that anybody can verify.

            Exit codes: 0 fine, 1 the answer is no, 2 wrong usage, 3 something failed.
            """,
        version: Release.version,
        subcommands: [
            DemoCommand.self, ServeCommand.self, CheckCommand.self, DiffCommand.self, RenderCommand.self,
            TimelineCommand.self, SchemaCommand.self, AgreementCommand.self, ExplainCommand.self,
            ConfigCommand.self, EvidenceCommand.self, RecordersCommand.self, LedgerCommand.self, VerifyCommand.self,
            KeysCommand.self,
            SimulateCloudCommand.self,
        ])

    package init() {}

    /// Runs the command of the process's arguments and gives its exit code.
    package static func run() async -> Int32 {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            return 0
        } catch {
            return report(error)
        }
    }

    private static func report(_ error: any Error) -> Int32 {
        switch error {
        case let error as ServiceError:
            complain(error.message)
            switch error.code {
            case .usage: return 2
            case .refused: return 1
            case .failed: return 3
            }
        case let error as ReplayError:
            complain(error.description)
            return error.code == .unreadable ? 2 : 1
        case let code as ExitCode:
            return code.rawValue
        default:
            let code = exitCode(for: error)
            // ArgumentParser's own: help and version are fine, 64 is wrong usage; anything else failed.
            switch code {
            case .success:
                print(fullMessage(for: error))
                return 0
            case .validationFailure:
                FileHandle.standardError.write(Data((fullMessage(for: error) + "\n").utf8))
                return 2
            default:
                complain("\(error)")
                return 3
            }
        }
    }

    private static func complain(_ message: String) {
        FileHandle.standardError.write(Data("concordat: \(message)\n".utf8))
    }
}
