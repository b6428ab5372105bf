// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Where the command under test is, and what it finds around it.
enum Concordat {
    /// The repository's root: three folders above this file's.
    static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The command: `CONCORDAT_BINARY`, else the one that was built beside the tests.
    static let binary: URL? = {
        if let path = ProcessInfo.processInfo.environment["CONCORDAT_BINARY"] { return URL(fileURLWithPath: path) }
        let tests = Bundle.main.executableURL?.deletingLastPathComponent()
        // On macOS the tests are a bundle, three folders deep beside the command.
        let beside = tests?.appendingPathComponent("../../..").standardized
        let folders = [tests, beside, root.appendingPathComponent(".build/debug")]
        return folders.compactMap { $0?.appendingPathComponent("concordat") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }()

    /// The environment of every run: nothing of the tests' own but what a process needs.
    static var environment: [String: String] {
        var environment = ProcessInfo.processInfo.environment.filter { ["PATH", "HOME", "TMPDIR"].contains($0.key) }
        environment["COLUMNS"] = "80"
        environment["CONCORDAT_SHARE"] = root.path
        environment["SIMULATED_KEY"] = "simulated"
        return environment
    }

    /// Whether the long tests run.
    static var isLong: Bool { ProcessInfo.processInfo.environment["CONCORDAT_LONG"] == "1" }

    /// A process of the command that has not been started.
    static func process(_ arguments: [String], in folder: URL?, environment: [String: String] = [:]) throws -> Process {
        guard let binary else {
            throw HarnessError("The command is not built; run `swift build` or set CONCORDAT_BINARY.")
        }
        let process = Process()
        process.executableURL = binary
        process.arguments = arguments
        process.environment = Self.environment.merging(environment) { _, given in given }
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        return process
    }
}

/// What went wrong in the harness itself.
struct HarnessError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
