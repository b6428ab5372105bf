// SPDX-License-Identifier: Apache-2.0

/// Lines on their way to a file; a line is never torn in two by another file.
struct LineBatch {
    var file: LineFile
    private var bytes: [UInt8] = []
    private var offset = 0
    /// Lines of which the end is still to be written; those that say how many were lost are not counted.
    private(set) var lines: UInt64 = 0
    private var isAtLineStart: Bool { offset == 0 || bytes[offset - 1] == UInt8(ascii: "\n") }

    init(file: LineFile) {
        self.file = file
    }

    var isEmpty: Bool { offset == bytes.count }

    /// Takes over lines and gives the memory of the last ones in return.
    mutating func take(_ waiting: inout [UInt8], lines: UInt64) {
        bytes.removeAll(keepingCapacity: true)
        offset = 0
        swap(&bytes, &waiting)
        self.lines = lines
    }

    /// Adds a line of the writer's own.
    mutating func add(_ line: [UInt8]) {
        bytes += line
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Writes what can be written at once.
    ///
    /// - Returns: how many lines were ended.
    mutating func write(waitingAtMost milliseconds: Int32) -> Result<UInt64, LineFault> {
        file.write(bytes[offset...], waitingAtMost: milliseconds).map { count in
            let ends = bytes[offset..<offset + count].reduce(into: UInt64(0)) { $0 += $1 == UInt8(ascii: "\n") ? 1 : 0 }
            offset += count
            let ended = min(ends, lines)
            lines -= ended
            if isEmpty { lines = 0 }
            return ended
        }
    }

    /// Opens the file anew at its path.
    ///
    /// - Returns: how many lines are lost by that: one that was begun in the old file.
    mutating func reopen() -> UInt64 {
        file.close()
        guard !isEmpty, !isAtLineStart, file.path != nil else { return 0 }
        let end = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count - 1
        offset = end + 1
        let lost: UInt64 = lines > 0 ? 1 : 0
        lines -= lost
        return lost
    }
}
