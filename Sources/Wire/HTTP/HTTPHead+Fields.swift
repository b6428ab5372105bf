// SPDX-License-Identifier: Apache-2.0

extension HTTPHead {
    /// Reads `name: value`, and takes in what it says of the message's framing.
    mutating func readField(_ range: Range<Int>, line: Int, in bytes: Span<UInt8>) throws(HTTPError) {
        guard !HTTPCharacter.isBlank(bytes[range.lowerBound]) else { throw HTTPError(.lineFolded, line: line) }
        guard let (name, value) = try Self.split(range, line: line, in: bytes) else {
            throw HTTPError(.fieldNameInvalid, line: line)
        }
        try take(name, value, line: line, in: bytes)
    }

    /// Takes in a field whose name is a token and whose value is of what may stand in one.
    mutating func take(
        _ name: Range<Int>, _ untrimmed: Range<Int>, line: Int, in bytes: Span<UInt8>
    ) throws(HTTPError) {
        let valueRange = bytes.trimmingBlanks(untrimmed)
        let field = HTTPField(name: HTTPFieldName(name, in: bytes), nameRange: name, valueRange: valueRange)
        fields.append(field)
        switch field.name {
        case .host:
            guard !hasHost else { throw HTTPError(.hostRepeated, line: line) }
            hasHost = true
            let hostEnd = bytes.endOfRun(in: valueRange, of: HTTPCharacter.isHost) { $0.exceptHosts }
            guard hostEnd == valueRange.upperBound else { throw HTTPError(.hostInvalid, line: line) }
        case .contentLength:
            // A tab behind a framing field is allowed, and read in two ways: llhttp takes it for part of the value.
            guard bytes[untrimmed.upperBound &- 1] != HTTPCharacter.tab else {
                throw HTTPError(.contentLengthInvalid, line: line)
            }
            guard contentLength == nil else { throw HTTPError(.contentLengthRepeated, line: line) }
            contentLength = try Self.length(valueRange, line: line, in: bytes)
            if isChunked { throw HTTPError(.framingContradictory, line: line) }
        case .transferEncoding:
            guard bytes[untrimmed.upperBound &- 1] != HTTPCharacter.tab else {
                throw HTTPError(.transferCodingInvalid, line: line)
            }
            try readTransferEncoding(valueRange, line: line, in: bytes)
        case .connection:
            readConnection(valueRange, in: bytes)
        case .expect:
            guard bytes.holds("100-continue", ignoringCaseIn: valueRange) else {
                throw HTTPError(.expectationUnknown, line: line)
            }
            expectsContinue = !isHTTP10
        default:
            break
        }
    }

    /// Checks what only the whole head shows.
    func finish(_ side: HTTPHeadReader.Side) throws(HTTPError) {
        if side == .requests, !isHTTP10, !hasHost { throw HTTPError(.hostMissing) }
    }

    /// The name and the value of a field, with the blanks around that; `nil` where the name is none.
    static func split(
        _ range: Range<Int>, line: Int, in bytes: Span<UInt8>
    ) throws(HTTPError) -> (name: Range<Int>, value: Range<Int>)? {
        let position = bytes.endOfHTTPToken(in: range)
        guard position > range.lowerBound, position < range.upperBound, bytes[position] == UInt8(ascii: ":") else {
            return nil
        }
        let value = position &+ 1..<range.upperBound
        guard bytes.endOfHTTPValue(in: value) == value.upperBound else {
            let hasReturn = value.contains { bytes[$0] == HTTPCharacter.carriageReturn }
            throw HTTPError(hasReturn ? .lineEndInvalid : .fieldValueInvalid, line: line)
        }
        return (range.lowerBound..<position, value)
    }

    private static func length(_ range: Range<Int>, line: Int, in bytes: Span<UInt8>) throws(HTTPError) -> Int {
        guard !range.isEmpty, range.count <= 18 else { throw HTTPError(.contentLengthInvalid, line: line) }
        var value = 0
        for index in range {
            let byte = bytes[index]
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else {
                throw HTTPError(.contentLengthInvalid, line: line)
            }
            value = value &* 10 &+ Int(byte &- UInt8(ascii: "0"))
        }
        return value
    }

    private mutating func readTransferEncoding(
        _ range: Range<Int>, line: Int, in bytes: Span<UInt8>
    ) throws(HTTPError) {
        guard !isHTTP10, !isChunked else { throw HTTPError(.transferCodingInvalid, line: line) }
        guard contentLength == nil else { throw HTTPError(.framingContradictory, line: line) }
        guard bytes.holds("chunked", ignoringCaseIn: range) else {
            let isOneToken = !range.isEmpty && range.allSatisfy { HTTPCharacter.isToken(bytes[$0]) }
            throw HTTPError(isOneToken ? .transferCodingUnsupported : .transferCodingInvalid, line: line)
        }
        isChunked = true
    }

    private mutating func readConnection(_ range: Range<Int>, in bytes: Span<UInt8>) {
        var start = range.lowerBound
        while start < range.upperBound {
            var end = start
            while end < range.upperBound, bytes[end] != UInt8(ascii: ",") { end &+= 1 }
            let option = bytes.trimmingBlanks(start..<end)
            if bytes.holds("close", ignoringCaseIn: option) { saysClose = true }
            if bytes.holds("keep-alive", ignoringCaseIn: option) { saysKeepAlive = true }
            start = end &+ 1
        }
    }
}
