// SPDX-License-Identifier: Apache-2.0

import Foundation
import Service
import Synchronization
import Testing

@Suite("Lines for a file")
struct LineWriterTests {
    /// What people were told.
    private final class Troubles: Sendable {
        private let kept = Mutex<[String]>([])
        var all: [String] { kept.withLock { $0 } }
        func add(_ text: String) { kept.withLock { $0.append(text) } }
    }

    private static func writer(
        _ path: String, bytesMax: Int = 1_000_000, endMilliseconds: Int64 = 60_000, _ troubles: Troubles = Troubles()
    ) -> LineWriter {
        LineWriter(
            path: path, bytesMax: bytesMax, endMilliseconds: endMilliseconds, lostLine: { Array("lost \($0)".utf8) },
            onTrouble: { troubles.add($0) })
    }

    private static func text(_ file: URL) -> String {
        (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    }

    /// How many lines were written or are said to be lost.
    private static func accounted(_ text: String) -> UInt64 {
        text.split(separator: "\n").reduce(0) { $0 + ($1.hasPrefix("lost ") ? UInt64($1.dropFirst(5)) ?? 0 : 1) }
    }

    private static func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = try ConfigurationFiles.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    @Test("are written in order, behind what is there, before the writer ends")
    func written() async throws {
        try await Self.withFolder { folder in
            let file = folder.appending(path: "a.log")
            try Data("before\n".utf8).write(to: file)
            let writer = Self.writer(file.path)
            for number in 0..<1_000 { writer.append("line \(number)".utf8) }
            let start = ContinuousClock.now
            writer.close()
            #expect(ContinuousClock.now - start < .seconds(30), "nothing was left to wait for")
            #expect(Self.text(file) == "before\n" + (0..<1_000).map { "line \($0)\n" }.joined())
            #expect(writer.counts.written == 1_000)
            #expect(writer.counts.lost == 0)
            writer.append("late".utf8)
            #expect(writer.counts.lost == 1)
        }
    }

    @Test("P29: wait for the reader of a pipe up to a bound; what is beyond it is counted, and a line says how many")
    func pipe() async throws {
        try await Self.withFolder { folder in
            let path = folder.appending(path: "pipe").path
            let isMade = unsafe mkfifo(path, 0o600) == 0
            #expect(isMade)
            let troubles = Troubles()
            let writer = Self.writer(path, bytesMax: 1_000, troubles)
            let start = ContinuousClock.now
            for number in 0..<500 { writer.append("line \(1_000 + number)".utf8) }
            #expect(ContinuousClock.now - start < .seconds(30), "whoever hands over a line waited")
            try await until("the trouble is told") { !troubles.all.isEmpty }
            for number in 500..<1_000 { writer.append("line \(1_000 + number)".utf8) }
            let reader = unsafe open(path, O_RDONLY | O_NONBLOCK)
            defer { close(reader) }
            var received = ""
            try await until("what waited and what was lost is read") {
                var buffer = [UInt8](repeating: 0, count: 65_536)
                let count = unsafe read(reader, &buffer, buffer.count)
                if count > 0 { received += String(decoding: buffer[..<count], as: UTF8.self) }
                return Self.accounted(received) >= 1_000
            }
            #expect(Self.accounted(received) == 1_000)
            let written = received.split(separator: "\n").filter { $0.hasPrefix("line ") }
            let lost = 1_000 - UInt64(written.count)
            #expect(written == written.sorted() && Set(written).count == written.count)
            #expect(written.first == "line 1000")
            #expect(lost >= 700)
            #expect(writer.counts.written == UInt64(written.count))
            #expect(writer.counts.lost == lost)
            writer.close()
            #expect(troubles.all.count == 2)
            #expect(troubles.all.first?.contains("takes no lines") == true)
        }
    }

    @Test("P29: for a full disk are counted as lost, hold up nobody, and the writer ends all the same")
    func full() async throws {
        let troubles = Troubles()
        let writer = Self.writer("/dev/full", bytesMax: 1_000, endMilliseconds: 100, troubles)
        for number in 0..<10_000 { writer.append("line \(number)".utf8) }
        try await until("the trouble is told") { troubles.all.contains { $0.contains("/dev/full takes no lines") } }
        let start = ContinuousClock.now
        writer.close()
        #expect(ContinuousClock.now - start < .seconds(30))
        try await until("all are counted") { writer.counts.lost == 10_000 }
        #expect(writer.counts.written == 0)
        #expect(troubles.all.count == 1)
    }

    @Test("go to a new file once theirs was moved away, and at once when asked to")
    func rotated() async throws {
        try await Self.withFolder { folder in
            let (file, old, older) = (
                folder.appending(path: "a.log"), folder.appending(path: "a.1"), folder.appending(path: "a.2")
            )
            let writer = Self.writer(file.path)
            writer.append("one".utf8)
            try await until("one is written") { Self.text(file) == "one\n" }
            try FileManager.default.moveItem(at: file, to: older)
            try await until("the new file is there") {
                writer.append("x".utf8)
                return FileManager.default.fileExists(atPath: file.path)
            }
            try FileManager.default.moveItem(at: file, to: old)
            writer.reopen()
            writer.append("two".utf8)
            writer.close()
            #expect(Self.text(file).hasSuffix("two\n"))
            #expect(Self.text(older).hasPrefix("one\n"))
            let all = Self.text(older) + Self.text(old) + Self.text(file)
            #expect(UInt64(all.split(separator: "\n").count) == writer.counts.written)
            #expect(writer.counts.lost == 0)
        }
    }

    @Test("for a file that can't be made are told of once, and written when it can be")
    func forbidden() async throws {
        try await Self.withFolder { folder in
            let file = folder.appending(path: "not/there.log")
            let troubles = Troubles()
            let writer = Self.writer(file.path, troubles)
            writer.append("one".utf8)
            try await until("the trouble is told") { troubles.all.count == 1 }
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try await until("the line is there") { Self.text(file) == "one\n" }
            writer.close()
            #expect(troubles.all.count == 2)
        }
    }
}
