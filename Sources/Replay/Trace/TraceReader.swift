// SPDX-License-Identifier: Apache-2.0

/// Reads traces with the columns of the Azure 2023 inference trace (Splitwise, ISCA 2024), plain or gzip.
///
/// Strict: every row that is not as promised is told, with file and line. `\r\n` and a missing last line end are
/// taken; rows out of order are sorted, with a note.
package enum TraceReader {
    /// Reads the file at `path`.
    package static func read(path: String) throws(ReplayError) -> TrafficTrace {
        var parser = TraceParser(file: path)
        try InputFile.read(path: path) { (bytes) throws(ReplayError) in try parser.push(bytes) }
        return try parser.finish()
    }

    /// Reads bytes that are already at hand, in pieces, plain or gzip; `name` stands for the file in messages.
    package static func read(chunks: some Sequence<[UInt8]>, name: String) throws(ReplayError) -> TrafficTrace {
        var parser = TraceParser(file: name)
        var decoder = InputDecoder()
        do {
            for chunk in chunks {
                try decoder.push(chunk) { (bytes) throws(ReplayError) in try parser.push(bytes) }
            }
            try decoder.finish { (bytes) throws(ReplayError) in try parser.push(bytes) }
        } catch {
            throw InputFile.replayError(error, file: name)
        }
        return try parser.finish()
    }
}
