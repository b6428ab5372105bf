// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// What one run of the command printed, and how it ended.
struct CommandRun: Sendable {
    /// The longest that a run may take, in seconds.
    static let secondsMax = 180.0

    let arguments: [String]
    let status: Int32
    let output: String
    let errors: String

    /// What was printed on standard output, as JSON.
    var json: Any {
        get throws { try JSONSerialization.jsonObject(with: Data(output.utf8), options: .fragmentsAllowed) }
    }

    /// The JSON objects of an array.
    var rows: [[String: Any]] {
        get throws { try #require(try json as? [[String: Any]], "\(arguments): \(output)") }
    }

    /// The members of a JSON object.
    var object: [String: Any] {
        get throws { try #require(try json as? [String: Any], "\(arguments): \(output)") }
    }

    /// Says that the run ended as expected.
    @discardableResult
    func expect(_ status: Int32, sourceLocation: SourceLocation = #_sourceLocation) -> CommandRun {
        #expect(
            self.status == status, "concordat \(arguments.joined(separator: " "))\n\(output)\(errors)",
            sourceLocation: sourceLocation)
        return self
    }

    /// Says that the run was refused: with this code, a message that holds these words, and nothing on standard output.
    func expectComplaint(_ status: Int32, _ words: String..., sourceLocation: SourceLocation = #_sourceLocation) {
        expect(status, sourceLocation: sourceLocation)
        #expect(output.isEmpty, "\(arguments) printed: \(output)", sourceLocation: sourceLocation)
        for word in words {
            #expect(errors.contains(word), "\(arguments) said: \(errors)", sourceLocation: sourceLocation)
        }
        for trace in ["Fatal error", "Stack dump", "Thread 0", "Swift/", "Optional(", "error: the operation couldn"] {
            #expect(!errors.contains(trace), "\(arguments) said: \(errors)", sourceLocation: sourceLocation)
        }
    }
}

/// Runs the command to its end, in a folder of its own where none is given, so that nothing is found by chance.
func concordat(
    _ arguments: [String], in folder: URL? = nil, environment: [String: String] = [:]
) async throws -> CommandRun {
    let own = try TemporaryFolder()
    let files = ["output", "errors"].map { own.url.appendingPathComponent($0) }
    for file in files { try Data().write(to: file) }
    let work = own.url.appendingPathComponent("work")
    try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
    let process = try Concordat.process(arguments, in: folder ?? work, environment: environment)
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try await process.runToEnd(secondsMax: CommandRun.secondsMax)
    let status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    return CommandRun(
        arguments: arguments, status: status, output: String(decoding: try Data(contentsOf: files[0]), as: UTF8.self),
        errors: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self))
}

/// Runs the command to its end.
func concordat(_ arguments: String...) async throws -> CommandRun {
    try await concordat(arguments)
}

extension Process {
    /// Starts the process and waits for its end; kills it when it takes too long.
    fileprivate func runToEnd(secondsMax: Double) async throws {
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        terminationHandler = { _ in end.finish() }
        try run()
        let pid = processIdentifier
        let watchdog = Task {
            try await Task.sleep(for: .seconds(secondsMax))
            kill(pid, SIGKILL)
        }
        for await _ in ended {}
        watchdog.cancel()
    }
}
