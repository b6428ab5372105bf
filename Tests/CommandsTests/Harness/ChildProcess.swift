// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// A run of the command that goes on beside the test: a gateway, a simulated cloud, a demonstration.
final class ChildProcess: Sendable {
    /// How long a line or the end is awaited, in seconds.
    static let secondsMax = 120.0

    private let process: Process
    private let lines: AsyncStream<String>
    private let ended: Mutex<(isOver: Bool, waiting: [CheckedContinuation<Void, Never>])> = Mutex((false, []))
    private let printed = Mutex("")

    /// Starts the command.
    init(_ arguments: [String], in folder: URL? = nil, environment: [String: String] = [:]) throws {
        process = try Concordat.process(arguments, in: folder, environment: environment)
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        let (lines, feed) = AsyncStream.makeStream(of: String.self)
        self.lines = lines
        process.terminationHandler = { [weak self] _ in self?.end() }
        try process.run()
        try pipe.fileHandleForWriting.close()
        let handle = pipe.fileHandleForReading
        Thread.detachNewThread { [weak self] in
            var rest = Data()
            // Not `read(upToCount:)`, which waits until so much is there.
            while case let data = handle.availableData, !data.isEmpty {
                rest.append(data)
                while let newline = rest.firstIndex(of: UInt8(ascii: "\n")) {
                    let line = String(decoding: rest[..<newline], as: UTF8.self)
                    self?.printed.withLock { $0 += line + "\n" }
                    feed.yield(line)
                    rest = Data(rest[rest.index(after: newline)...])
                }
            }
            feed.finish()
        }
    }

    deinit {
        if process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) }
    }

    /// Everything that it printed so far.
    var output: String { printed.withLock { $0 } }

    /// Waits for a line that holds the text, and gives what follows it up to a space.
    func word(after text: String) async throws -> String {
        let watchdog = killer(after: Self.secondsMax)
        defer { watchdog.cancel() }
        for await line in lines {
            guard let found = line.range(of: text) else { continue }
            return String(line[found.upperBound...].prefix { $0 != " " && $0 != "," })
        }
        throw HarnessError("The command ended without a line that says '\(text)'; it said:\n\(output)")
    }

    /// Sends a signal.
    func signal(_ number: Int32) {
        Foundation.kill(process.processIdentifier, number)
    }

    /// Waits for the end; gives the exit code, or the signal's number below 0.
    @discardableResult
    func wait() async -> Int32 {
        let watchdog = killer(after: Self.secondsMax)
        defer { watchdog.cancel() }
        await withCheckedContinuation { continuation in
            let isOver = ended.withLock { ended in
                if !ended.isOver { ended.waiting.append(continuation) }
                return ended.isOver
            }
            if isOver { continuation.resume() }
        }
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }

    /// Ends it at once, as a loss of power would.
    func kill() async {
        signal(SIGKILL)
        await wait()
    }

    /// Asks it to stop in order, and waits; gives the exit code.
    @discardableResult
    func stop() async -> Int32 {
        signal(SIGTERM)
        return await wait()
    }

    private func killer(after seconds: Double) -> Task<Void, any Error> {
        let pid = process.processIdentifier
        return Task {
            try await Task.sleep(for: .seconds(seconds))
            Foundation.kill(pid, SIGKILL)
        }
    }

    private func end() {
        let waiting = ended.withLock { ended in
            ended.isOver = true
            defer { ended.waiting = [] }
            return ended.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}
