// SPDX-License-Identifier: Apache-2.0

/// Walks over a YAML text before the parser does, and refuses what agreements do not use.
///
/// It knows just enough of YAML 1.2 to tell quoted text, block scalars, plain text and comments from the places where a
/// value begins; there it refuses `&`, `*`, `!`, `%`, `@`, `` ` ``, `? ` and `<<:`. Where the text is no YAML at all it
/// errs towards refusing, and the parser says the rest.
struct StructureScan {
    let source: SourceText
    let bytes: [UInt8]
    var position = 0
    /// The columns (from 0) of the block mappings and lists around the position, as the parser would count them.
    var indents: [Int] = []
    var openBrackets: [Int] = []
    var nodes = 0
    var faults: [Diagnostic] = []
    /// Set where going on would tell nothing: an open quote, too deep, too many.
    var isOver = false
    private let nodesMax: Int
    private var hasContent = false

    init(_ source: SourceText, nodesMax: Int) {
        self.source = source
        self.nodesMax = nodesMax
        bytes = source.bytes
    }

    /// Scans the whole text and returns what it refuses, in the order of the file.
    mutating func run() -> [Diagnostic] {
        while position < bytes.count, !isOver {
            beginLine()
            scanLine()
        }
        return faults
    }

    // MARK: Lines

    /// Takes the indentation, document markers and directives at the beginning of a line.
    private mutating func beginLine() {
        let start = position
        while byte() == UInt8(ascii: " ") { position += 1 }
        if byte() == UInt8(ascii: "\t"), openBrackets.isEmpty, lineHasContent() {
            refuse(
                .tabIndentation, at: position, offending: "tab", message: "the line is indented with a tab",
                expected: "spaces", mend: "replace the tab by spaces; YAML does not say how wide a tab is")
        }
        guard position == start, openBrackets.isEmpty else { return }
        if byte() == UInt8(ascii: "%") {
            refuse(
                .directive, at: position, offending: lineText(), message: "YAML directives are not used here",
                expected: "the first key of the document", mend: "delete the line")
            skipToLineEnd()
        } else if isMarker("---") {
            if hasContent { refuseSecondDocument() }
            hasContent = true
            indents = []
            position += 3
        } else if isMarker("...") {
            refuseSecondDocument()
            position += 3
        }
    }

    private mutating func refuseSecondDocument() {
        refuse(
            .severalDocuments, at: position, offending: lineText(), message: "the file holds more than one document",
            expected: "one document, which may begin with one line `---`",
            mend: "delete the line, or move what follows into a file of its own")
        isOver = true
    }

    /// Takes everything up to and including the line's end; quoted, plain and block scalars may take more lines.
    private mutating func scanLine() {
        while position < bytes.count, !isOver {
            switch byte() {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
                position += 1
            case UInt8(ascii: "\n"):
                position += 1
                return
            case UInt8(ascii: "#"):
                skipToLineEnd()
            default:
                hasContent = true
                scanToken()
            }
        }
    }

    // MARK: Tokens

    private mutating func scanToken() {
        let next = position + 1 < bytes.count ? bytes[position + 1] : UInt8(ascii: "\n")
        switch byte() {
        case UInt8(ascii: "-") where isBlank(next) && openBrackets.isEmpty:
            unrollIndents()
            rollIndent(to: column(of: position))
            position += 1
        case UInt8(ascii: "?") where isBlank(next) || !openBrackets.isEmpty:
            refuse(
                .complexKey, at: position, offending: "?", message: "keys introduced by `?` are not used here",
                expected: "a key and a colon on one line", mend: "write `key: value`")
            position += 1
        case UInt8(ascii: ":") where isBlank(next) || !openBrackets.isEmpty:
            position += 1
        case UInt8(ascii: "["), UInt8(ascii: "{"):
            openBrackets.append(position)
            position += 1
            countNode(at: position - 1)
        case UInt8(ascii: "]"), UInt8(ascii: "}"):
            _ = openBrackets.popLast()
            position += 1
        case UInt8(ascii: ",") where !openBrackets.isEmpty:
            position += 1
        case UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "!"), UInt8(ascii: "%"), UInt8(ascii: "@"),
            UInt8(ascii: "`"):
            refuseIndicator()
        case UInt8(ascii: "|") where openBrackets.isEmpty, UInt8(ascii: ">") where openBrackets.isEmpty:
            unrollIndents()
            scanBlockScalar()
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            unrollIndents()
            scanQuoted()
        default:
            unrollIndents()
            scanPlain()
        }
    }

    private mutating func refuseIndicator() {
        let start = position
        while position < bytes.count, !isBlank(byte()), !(isFlowIndicator(byte()) && !openBrackets.isEmpty) {
            position += 1
        }
        let word = String(decoding: bytes[start..<position], as: UTF8.self)
        switch bytes[start] {
        case UInt8(ascii: "&"):
            refuse(
                .anchor, at: start, offending: word, message: "anchors are not used here", expected: "a value",
                mend: "delete `\(word)` and write the value out where it is needed, or quote it if it is text")
        case UInt8(ascii: "*"):
            refuse(
                .alias, at: start, offending: word, message: "a value that begins with `*` is a YAML alias",
                expected: "a value", mend: "quote it if it is text, or write out the value that was meant")
        case UInt8(ascii: "!"):
            refuse(
                .tag, at: start, offending: word, message: "YAML tags are not used here", expected: "a value",
                mend: "delete `\(word)`, or quote it if it is text; the field says what type its value has")
        default:
            refuse(
                .reservedCharacter, at: start, offending: word,
                message: "YAML reserves `\(Character(Unicode.Scalar(bytes[start])))` at the beginning of a value",
                expected: "a value", mend: "put the value between double quotes")
        }
    }

    // MARK: What the parts share

    func byte() -> UInt8 {
        position < bytes.count ? bytes[position] : UInt8(ascii: "\n")
    }

    func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n")
            || byte == UInt8(ascii: "\r")
    }

    func isFlowIndicator(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"): true
        default: false
        }
    }

    func isMarker(_ marker: String) -> Bool {
        guard bytes[position...].starts(with: marker.utf8) else { return false }
        return position + 3 >= bytes.count || isBlank(bytes[position + 3])
    }

    mutating func skipToLineEnd() {
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
    }

    /// The column, from 0, of the byte at an offset.
    func column(of offset: Int) -> Int {
        source.place(ofByteAt: offset).column - 1
    }

    /// Leaves the block collections that are indented further than the position.
    mutating func unrollIndents() {
        guard openBrackets.isEmpty, let last = indents.last, last > 0 else { return }
        let column = column(of: position)
        while let last = indents.last, last > column { indents.removeLast() }
    }

    /// Enters a block collection at a column, unless it is the one around.
    mutating func rollIndent(to column: Int) {
        guard openBrackets.isEmpty, indents.last ?? -1 < column else { return }
        indents.append(column)
        countNode(at: position)
    }

    mutating func countNode(at offset: Int) {
        nodes += 1
        if nodes > nodesMax {
            refuse(
                .tooManyNodes, at: offset, offending: "", message: "the file holds too many values",
                expected: "at most \(nodesMax) mappings, lists, keys and values", mend: "split the file")
            isOver = true
        } else if indents.count + openBrackets.count > DocumentLimits.depthMax {
            refuse(
                .tooDeep, at: offset, offending: "", message: "mappings and lists nest too deep",
                expected: "at most \(DocumentLimits.depthMax) levels", mend: "write the condition with fewer levels")
            isOver = true
        }
    }

    mutating func refuse(
        _ code: DiagnosticCode, at offset: Int, offending: String, message: String, expected: String, mend: String
    ) {
        faults.append(
            Diagnostic(
                .error, code, in: source, at: source.place(ofByteAt: offset), offending: offending, message: message,
                expected: expected, mend: mend))
        if faults.count >= DocumentLimits.diagnosticsMax { isOver = true }
    }

    private func lineText() -> String {
        textOfLine(from: position)
    }

    /// The rest of the line from an offset.
    func textOfLine(from offset: Int) -> String {
        let end = source.lineRange(source.place(ofByteAt: offset).line).upperBound
        return String(decoding: bytes[min(offset, end)..<end], as: UTF8.self)
    }

    private func lineHasContent() -> Bool {
        var offset = position
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") {
            if bytes[offset] == UInt8(ascii: "#") { return false }
            if !isBlank(bytes[offset]) { return true }
            offset += 1
        }
        return false
    }
}
