// SPDX-License-Identifier: Apache-2.0

// The three ways to write a scalar; inside one nothing is an indicator.
extension StructureScan {
    /// Takes a scalar between quotes, over as many lines as it has.
    mutating func scanQuoted() {
        let start = position
        let quote = byte()
        position += 1
        while position < bytes.count {
            if bytes[position] == quote {
                position += 1
                // In single quotes, two quotes stand for one.
                guard quote == UInt8(ascii: "'"), byte() == quote else { return endScalar(from: start) }
            } else if bytes[position] == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                position += 1
            }
            position += 1
        }
        position = bytes.count
        isOver = true
        refuse(
            .unterminatedQuote, at: start, offending: textOfLine(from: start),
            message: "the quote that opens here is never closed",
            expected: "a closing \(quote == UInt8(ascii: "'") ? "single" : "double") quote",
            mend: "close the quote, or remove the one that opens it")
    }

    /// Takes a plain scalar with its continuation lines.
    mutating func scanPlain() {
        let start = position
        let parentColumn = indents.last ?? -1
        while true {
            scanPlainLine()
            var next = position
            while next < bytes.count, isBlank(bytes[next]) { next += 1 }
            let crossesLine = bytes[position..<next].contains(UInt8(ascii: "\n"))
            guard next < bytes.count, crossesLine, byte() != UInt8(ascii: "#"), bytes[next] != UInt8(ascii: "#"),
                continuesPlain(at: next, below: parentColumn)
            else { break }
            position = next
        }
        endScalar(from: start)
    }

    /// Takes plain text up to what ends it on this line: a comment, `: `, or in brackets a flow indicator.
    private mutating func scanPlainLine() {
        let start = position
        var end = position
        while position < bytes.count, byte() != UInt8(ascii: "\n") {
            let character = byte()
            let next = position + 1 < bytes.count ? bytes[position + 1] : UInt8(ascii: "\n")
            if character == UInt8(ascii: ":"), isBlank(next) || (!openBrackets.isEmpty && isFlowIndicator(next)) {
                break
            }
            if !openBrackets.isEmpty, isFlowIndicator(character) { break }
            if character == UInt8(ascii: "#"), position > start, isBlank(bytes[position - 1]) { break }
            position += 1
            if !isBlank(character) { end = position }
        }
        // A stray character that no plain scalar holds must not stop the walk.
        position = max(end, start == end ? start + 1 : end)
    }

    private func continuesPlain(at next: Int, below parentColumn: Int) -> Bool {
        guard openBrackets.isEmpty else {
            return !isFlowIndicator(bytes[next])
                && !(bytes[next] == UInt8(ascii: ":") && (next + 1 >= bytes.count || isBlank(bytes[next + 1])))
        }
        let place = source.place(ofByteAt: next)
        let lineStart = source.lineRange(place.line).lowerBound
        guard !bytes[lineStart..<next].contains(UInt8(ascii: "\t")) else { return false }
        var probe = self
        probe.position = next
        if place.column == 1, probe.isMarker("---") || probe.isMarker("...") { return false }
        return place.column - 1 > parentColumn
    }

    /// Tells a key from a value, and refuses the merge key.
    private mutating func endScalar(from start: Int) {
        countNode(at: start)
        let end = position
        var colon = position
        while colon < bytes.count, bytes[colon] == UInt8(ascii: " ") || bytes[colon] == UInt8(ascii: "\t") {
            colon += 1
        }
        guard colon < bytes.count, bytes[colon] == UInt8(ascii: ":") else { return }
        let isQuoted = bytes[start] == UInt8(ascii: "\"") || bytes[start] == UInt8(ascii: "'")
        let isAdjacent = isQuoted && !openBrackets.isEmpty
        guard isAdjacent || colon + 1 >= bytes.count || isBlank(bytes[colon + 1]) || !openBrackets.isEmpty else {
            return
        }
        position = colon + 1
        rollIndent(to: column(of: start))
        if bytes[start..<end].elementsEqual("<<".utf8) {
            refuse(
                .mergeKey, at: start, offending: "<<", message: "merge keys are not used here", expected: "a key",
                mend: "write the merged keys out")
        }
    }

    /// Takes a block scalar: its header, then every line that is indented further than what holds it.
    mutating func scanBlockScalar() {
        let parentColumn = indents.last ?? -1
        countNode(at: position)
        position += 1
        var stated: Int?
        while let digit = bytes.indices.contains(position) ? bytes[position] : nil,
            digit == UInt8(ascii: "+") || digit == UInt8(ascii: "-") || (0x31...0x39).contains(digit)
        {
            if digit >= 0x31 { stated = Int(digit - 0x30) }
            position += 1
        }
        skipToLineEnd()
        position = min(position + 1, bytes.count)
        var columnsMin = stated.map { max(parentColumn, 0) + $0 }
        var columnsSeen = max(parentColumn + 1, 1)
        while position < bytes.count {
            var offset = position
            while offset < bytes.count, bytes[offset] == UInt8(ascii: " ") { offset += 1 }
            let columns = offset - position
            let isEmptyLine =
                offset >= bytes.count || bytes[offset] == UInt8(ascii: "\n") || bytes[offset] == UInt8(ascii: "\r")
            if !isEmptyLine {
                let needed = columnsMin ?? max(columnsSeen, columns)
                guard columns >= needed else { return }
                columnsMin = needed
            } else {
                columnsSeen = max(columnsSeen, columns)
            }
            skipToLineEnd()
            position = min(position + 1, bytes.count)
        }
    }
}
