// SPDX-License-Identifier: Apache-2.0

/// The rows of a trace out of its plain bytes, as they arrive.
struct TraceParser {
    static let header = "TIMESTAMP,ContextTokens,GeneratedTokens"
    /// 24 bytes a row in memory.
    static let rowsMax = 5_000_000
    static let tokensMax = 2_000_000

    private let file: String
    private var lines = LineSplitter()
    private var headerWasSeen = false
    private var diagnostics: [ReplayDiagnostic] = []
    private var ticks: [Int64] = []
    private var tokens: [(context: Int, generated: Int)] = []
    private var rowsOutOfOrder = 0

    init(file: String) {
        self.file = file
    }

    mutating func push(_ bytes: [UInt8]) throws(ReplayError) {
        var splitter = lines
        try splitter.push(bytes, file: file) { (line, text) throws(ReplayError) in try consume(line, text) }
        lines = splitter
    }

    mutating func finish() throws(ReplayError) -> TrafficTrace {
        var splitter = lines
        try splitter.finish(file: file) { (line, text) throws(ReplayError) in try consume(line, text) }
        if !diagnostics.isEmpty { throw ReplayError(.badRow, file: file, diagnostics: diagnostics) }
        guard headerWasSeen else { throw badHeader("the file is empty") }
        guard !ticks.isEmpty else {
            let diagnostic = ReplayDiagnostic(problem: "the trace has no row", remedy: "give at least one arrival")
            throw ReplayError(.empty, file: file, diagnostics: [diagnostic])
        }
        return TrafficTrace(source: file, rows: sortedRows(), notes: notes)
    }

    private var notes: [String] {
        guard rowsOutOfOrder > 0 else { return [] }
        let rows = rowsOutOfOrder == 1 ? "1 row was" : "\(rowsOutOfOrder) rows were"
        return ["\(file): \(rows) earlier than the row before; the trace was sorted by time"]
    }

    private func sortedRows() -> [TraceRow] {
        // Equal times keep the order of the file.
        let order =
            rowsOutOfOrder == 0
            ? Array(ticks.indices)
            : ticks.indices.sorted { (ticks[$0], $0) < (ticks[$1], $1) }
        let first = ticks[order[0]]
        return order.map { index in
            TraceRow(
                offsetNanoseconds: (ticks[index] - first) * 100,
                contextTokens: tokens[index].context,
                generatedTokens: tokens[index].generated
            )
        }
    }

    private mutating func consume(_ line: Int, _ text: ArraySlice<UInt8>) throws(ReplayError) {
        guard headerWasSeen else {
            guard text.elementsEqual(Self.header.utf8) else {
                throw badHeader("the first line is \(ReplayDiagnostic.quoted(text))")
            }
            headerWasSeen = true
            return
        }
        guard ticks.count < Self.rowsMax else {
            let problem = "the trace has more than \(Self.rowsMax) rows"
            let diagnostic = ReplayDiagnostic(line: line, problem: problem, remedy: "split the file")
            throw ReplayError(.tooLarge, file: file, diagnostics: [diagnostic])
        }
        do {
            try append(text)
        } catch {
            diagnostics.append(ReplayDiagnostic(line: line, problem: error.problem, remedy: error.remedy))
            if diagnostics.count == ReplayError.diagnosticsMax {
                throw ReplayError(.badRow, file: file, diagnostics: diagnostics)
            }
        }
    }

    private struct BadRow: Error {
        let problem: String
        let remedy: String
    }

    private mutating func append(_ text: ArraySlice<UInt8>) throws(BadRow) {
        let fields = text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        guard fields.count == 3 else {
            throw BadRow(
                problem: "\(ReplayDiagnostic.quoted(text)) has \(fields.count) columns",
                remedy: "write the three columns \(Self.header), without quotes"
            )
        }
        guard let time = TraceTimestamp.ticks(fields[0]) else {
            throw BadRow(
                problem: "\(ReplayDiagnostic.quoted(fields[0])) is no time",
                remedy: "write it as YYYY-MM-DD hh:mm:ss.fffffff in UTC"
            )
        }
        let context = try Self.count(fields[1], column: "ContextTokens")
        let generated = try Self.count(fields[2], column: "GeneratedTokens")
        if let last = ticks.last, time < last { rowsOutOfOrder += 1 }
        ticks.append(time)
        tokens.append((context, generated))
    }

    private static func count(_ field: ArraySlice<UInt8>, column: String) throws(BadRow) -> Int {
        let isNumber = !field.isEmpty && field.count <= 9 && field.allSatisfy { (0x30...0x39).contains($0) }
        let value = isNumber ? field.reduce(0) { $0 * 10 + Int($1) - 0x30 } : nil
        guard let value, value <= tokensMax else {
            throw BadRow(
                problem: "\(column) is \(ReplayDiagnostic.quoted(field))",
                remedy: "write a whole number from 0 to \(tokensMax)"
            )
        }
        return value
    }

    private func badHeader(_ problem: String) -> ReplayError {
        let remedy = "begin the file with the line \(Self.header)"
        let diagnostic = ReplayDiagnostic(line: 1, problem: problem, remedy: remedy)
        return ReplayError(.badHeader, file: file, diagnostics: [diagnostic])
    }
}
