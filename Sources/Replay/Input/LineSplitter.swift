// SPDX-License-Identifier: Apache-2.0

/// Splits bytes into lines as they arrive; `\r\n` ends a line as `\n` does, and the last line needs no ending.
struct LineSplitter {
    /// Longer lines are refused, so that a file without line ends takes no memory.
    static let lineBytesMax = 4096

    /// The number of the line that is handed out, from 1.
    private(set) var line = 0
    private var partial: [UInt8] = []

    mutating func push(
        _ bytes: [UInt8],
        file: String,
        to sink: (_ line: Int, _ text: ArraySlice<UInt8>) throws(ReplayError) -> Void
    ) throws(ReplayError) {
        var start = 0
        while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
            if partial.isEmpty {
                try emit(bytes[start..<end], file: file, to: sink)
            } else {
                let whole = partial + bytes[start..<end]
                partial = []
                try emit(whole[...], file: file, to: sink)
            }
            start = end + 1
        }
        partial += bytes[start...]
        try checkLength(partial.count, line: line + 1, file: file)
    }

    mutating func finish(
        file: String,
        to sink: (_ line: Int, _ text: ArraySlice<UInt8>) throws(ReplayError) -> Void
    ) throws(ReplayError) {
        if !partial.isEmpty { try emit(partial[...], file: file, to: sink) }
        partial = []
    }

    private mutating func emit(
        _ text: ArraySlice<UInt8>,
        file: String,
        to sink: (_ line: Int, _ text: ArraySlice<UInt8>) throws(ReplayError) -> Void
    ) throws(ReplayError) {
        line += 1
        try checkLength(text.count, line: line, file: file)
        try sink(line, text.last == UInt8(ascii: "\r") ? text.dropLast() : text)
    }

    private func checkLength(_ count: Int, line: Int, file: String) throws(ReplayError) {
        guard count > Self.lineBytesMax else { return }
        throw ReplayError(
            .tooLarge,
            file: file,
            diagnostics: [
                ReplayDiagnostic(
                    line: line,
                    problem: "the line is longer than \(Self.lineBytesMax) bytes",
                    remedy: "end each row with a line feed"
                )
            ]
        )
    }
}
