// SPDX-License-Identifier: Apache-2.0

/// The bytes of a file with an index of its lines.
package struct SourceText: Sendable {
    /// The name of the file as people know it.
    package let file: String
    /// The bytes, without a byte order mark.
    package let bytes: [UInt8]
    /// Where each line begins.
    private let lineStarts: [Int]

    /// Indexes the lines of a file.
    ///
    /// - Parameters:
    ///   - bytes: the content; a leading byte order mark is dropped.
    ///   - file: the name to show in diagnostics.
    package init(bytes: [UInt8], file: String) {
        self.file = file
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let content = bytes.starts(with: byteOrderMark) ? Array(bytes.dropFirst(3)) : bytes
        self.bytes = content
        var starts = [0]
        for (offset, byte) in content.enumerated() where byte == 0x0A {
            starts.append(offset + 1)
        }
        lineStarts = starts
    }

    /// The number of lines; at least 1.
    package var lineCount: Int { lineStarts.count }

    /// The offsets of the bytes of a line, without its line break.
    package func lineRange(_ line: Int) -> Range<Int> {
        guard line >= 1, line <= lineStarts.count else { return bytes.count..<bytes.count }
        let start = lineStarts[line - 1]
        var end = line < lineStarts.count ? lineStarts[line] - 1 : bytes.count
        if end > start, bytes[end - 1] == 0x0D { end -= 1 }
        return start..<end
    }

    /// The text of a line, without its line break; ill-formed bytes are repaired.
    package func line(_ line: Int) -> String {
        String(decoding: bytes[lineRange(line)], as: UTF8.self)
    }

    /// The place of the byte at an offset.
    package func place(ofByteAt offset: Int) -> Place {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        let before = bytes[lineStarts[low]..<min(offset, bytes.count)]
        let column = before.count { $0 & 0b1100_0000 != 0b1000_0000 }
        return Place(line: low + 1, column: column + 1)
    }
}
