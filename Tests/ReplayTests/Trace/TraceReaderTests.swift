// SPDX-License-Identifier: Apache-2.0

import Foundation
import Replay
import Testing

@Suite("A trace reader")
struct TraceReaderTests {
    private static let header = "TIMESTAMP,ContextTokens,GeneratedTokens\n"

    private func read(_ text: String) throws(ReplayError) -> TrafficTrace {
        try TraceReader.read(chunks: [Array(text.utf8)], name: "t.csv")
    }

    @Test("reads times to 100 ns from the first arrival, with CR LF and without a last line end")
    func reads() throws {
        let text =
            "TIMESTAMP,ContextTokens,GeneratedTokens\r\n2023-11-16 18:15:46.6805900,374,44\r\n"
            + "2023-11-16 18:15:50.9951691,396,0"
        let trace = try read(text)
        #expect(
            trace.rows == [
                TraceRow(offsetNanoseconds: 0, contextTokens: 374, generatedTokens: 44),
                TraceRow(offsetNanoseconds: 4_314_579_100, contextTokens: 396, generatedTokens: 0),
            ]
        )
        #expect(trace.notes.isEmpty)
    }

    @Test("crosses midnight, months and leap days")
    func calendar() throws {
        let trace = try read(Self.header + "2024-02-28 23:59:59.0000000,1,1\n2024-03-01 00:00:01.0000000,1,1\n")
        #expect(trace.rows[1].offsetNanoseconds == (86_400 + 2) * 1_000_000_000)
    }

    @Test("sorts rows that are out of order and says so, keeping rows of one time in the file's order")
    func sorts() throws {
        let trace = try read(
            Self.header + "2023-11-16 00:00:02.0000000,1,1\n2023-11-16 00:00:01.0000000,2,1\n"
                + "2023-11-16 00:00:01.0000000,3,1\n"
        )
        #expect(trace.rows.map(\.contextTokens) == [2, 3, 1])
        #expect(trace.rows.map(\.offsetNanoseconds) == [0, 0, 1_000_000_000])
        #expect(trace.notes == ["t.csv: 1 row was earlier than the row before; the trace was sorted by time"])
    }

    @Test(
        "says where and how for every bad row",
        arguments: [
            ("2023-11-16 00:00:00.0000000,1", "t.csv:2: \"2023-11-16 00:00:00.0000000,1\" has 2 columns; write the"),
            ("", "t.csv:2: \"\" has 1 columns; write the three columns"),
            ("2023-11-16 00:00:00.000000,1,1", "t.csv:2: \"2023-11-16 00:00:00.000000\" is no time; write it as"),
            ("2023-13-16 00:00:00.0000000,1,1", "t.csv:2: \"2023-13-16 00:00:00.0000000\" is no time"),
            ("2023-02-29 00:00:00.0000000,1,1", "t.csv:2: \"2023-02-29 00:00:00.0000000\" is no time"),
            ("2023-11-16T00:00:00.0000000,1,1", "t.csv:2: \"2023-11-16T00:00:00.0000000\" is no time"),
            ("2023-11-16 24:00:00.0000000,1,1", "t.csv:2: \"2023-11-16 24:00:00.0000000\" is no time"),
            ("2023-11-16 00:00:00.0000000,-1,1", "t.csv:2: ContextTokens is \"-1\"; write a whole number from 0 to"),
            ("2023-11-16 00:00:00.0000000,1,", "t.csv:2: GeneratedTokens is \"\"; write a whole number"),
            ("2023-11-16 00:00:00.0000000,1,2000001", "t.csv:2: GeneratedTokens is \"2000001\"; write"),
            ("2023-11-16 00:00:00.0000000,1,99999999999999999999", "t.csv:2: GeneratedTokens is"),
            ("2023-11-16 00:00:00.0000000, 1,\u{1F600}", "t.csv:2: ContextTokens is \" 1\""),
        ]
    )
    func badRow(row: String, message: String) {
        let error = #expect(throws: ReplayError.self) { try read(Self.header + row + "\n") }
        #expect(error?.code == .badRow)
        #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "none")")
    }

    @Test("tells bad rows together, at most twenty of them")
    func manyBadRows() {
        let rows = String(repeating: "x,1,1\n", count: 30)
        let error = #expect(throws: ReplayError.self) { try read(Self.header + rows) }
        #expect(error?.diagnostics.map(\.line) == (2...21).map { $0 })
    }

    @Test(
        "refuses a file that is no trace",
        arguments: [
            ("", ReplayError.Code.badHeader, "t.csv:1: the file is empty; begin the file with the line TIMESTAMP,"),
            ("a,b\n1,2\n", .badHeader, "t.csv:1: the first line is \"a,b\"; begin the file with the line"),
            ("\u{FEFF}TIMESTAMP,ContextTokens,GeneratedTokens\n", .badHeader, "t.csv:1: the first line is \"\\u{ef}"),
            (header, .empty, "t.csv: the trace has no row; give at least one arrival"),
            (String(repeating: "x", count: 5_000), .tooLarge, "t.csv:1: the line is longer than 4096 bytes; end"),
        ]
    )
    func noTrace(text: String, code: ReplayError.Code, message: String) {
        let error = #expect(throws: ReplayError.self) { try read(text) }
        #expect(error?.code == code)
        #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "none")")
    }

    @Test("says that a file is missing")
    func missing() {
        let error = #expect(throws: ReplayError.self) { try TraceReader.read(path: "/no/such/trace.csv") }
        #expect(error?.code == .unreadable)
    }

    @Test("reads the public trace whole", .enabled(if: RepositoryFiles.hasAzureTrace, "CONCORDAT_VECTORS is missing"))
    func publicTrace() throws {
        let trace = try TraceReader.read(path: RepositoryFiles.azureTrace)
        let summary = trace.summary()
        #expect(summary.arrivals == 19_366)
        #expect(summary.contextTokens / summary.arrivals == 1_154)
        #expect(summary.generatedTokens / summary.arrivals == 211)
        #expect(summary.durationSeconds / 60 == 58)
    }

    @Test("reads the demo's own trace, which asks for more than 450,000 tokens a minute at its peak")
    func demoTrace() throws {
        let path = RepositoryFiles.root.appending(path: "demo/trace.csv.gz").path
        let summary = try TraceReader.read(path: path).summary()
        #expect(summary.durationSeconds / 60 == 19)
        #expect(summary.peakTokensPerMinute > 650_000)
        #expect((summary.contextTokens + summary.generatedTokens) / 20 < 360_000)
    }
}
