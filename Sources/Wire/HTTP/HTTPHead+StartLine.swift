// SPDX-License-Identifier: Apache-2.0

extension HTTPHead {
    /// Reads the first line of a message.
    mutating func readStartLine(
        _ range: Range<Int>, of side: HTTPHeadReader.Side, in bytes: Span<UInt8>
    ) throws(HTTPError) {
        switch side {
        case .requests: try readRequestLine(range, in: bytes)
        case .answers: try readStatusLine(range, in: bytes)
        }
    }

    /// `METHOD SP target SP HTTP/1.1`, with one space each (section 3).
    private mutating func readRequestLine(_ range: Range<Int>, in bytes: Span<UInt8>) throws(HTTPError) {
        var position = bytes.endOfHTTPToken(in: range)
        methodRange = range.lowerBound..<position
        guard position < range.upperBound, !methodRange.isEmpty, methodRange.count <= 32,
            bytes[position] == HTTPCharacter.space
        else {
            throw HTTPError(.methodInvalid, line: 1)
        }
        method = Self.method(methodRange, in: bytes)

        let targetStart = position &+ 1
        position = bytes.endOfRun(in: targetStart..<range.upperBound, of: HTTPCharacter.isVisible) { $0.exceptVisible }
        guard position > targetStart else { throw HTTPError(.startLineMalformed, line: 1) }
        guard position < range.upperBound else { throw HTTPError(.startLineMalformed, line: 1) }
        guard bytes[position] == HTTPCharacter.space else { throw HTTPError(.targetInvalid, line: 1) }
        guard position &- targetStart <= HTTPLimits.targetBytesMax else { throw HTTPError(.targetTooLong, line: 1) }
        targetRange = try target(targetStart..<position, in: bytes)
        try readVersion(position &+ 1..<range.upperBound, in: bytes)
    }

    /// `HTTP/1.1 SP 200 SP reason`, the reason and the space before it as the sender likes (section 4).
    private mutating func readStatusLine(_ range: Range<Int>, in bytes: Span<UInt8>) throws(HTTPError) {
        guard range.count >= 12, bytes[range.lowerBound &+ 8] == HTTPCharacter.space else {
            throw HTTPError(.startLineMalformed, line: 1)
        }
        try readVersion(range.lowerBound..<range.lowerBound &+ 8, in: bytes)
        var value = 0
        for index in range.lowerBound &+ 9..<range.lowerBound &+ 12 {
            let byte = bytes[index]
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { throw HTTPError(.statusInvalid, line: 1) }
            value = value &* 10 &+ Int(byte &- UInt8(ascii: "0"))
        }
        guard (100...599).contains(value) else { throw HTTPError(.statusInvalid, line: 1) }
        status = value
        let rest = range.lowerBound &+ 12..<range.upperBound
        guard rest.isEmpty || bytes[rest.lowerBound] == HTTPCharacter.space else {
            throw HTTPError(.statusInvalid, line: 1)
        }
        guard bytes.endOfHTTPValue(in: rest) == rest.upperBound else { throw HTTPError(.lineEndInvalid, line: 1) }
    }

    private mutating func readVersion(_ range: Range<Int>, in bytes: Span<UInt8>) throws(HTTPError) {
        guard range.count == 8, bytes.holds("HTTP/", at: range.lowerBound),
            bytes[range.lowerBound &+ 6] == UInt8(ascii: ".")
        else {
            throw HTTPError(.startLineMalformed, line: 1)
        }
        let major = bytes[range.lowerBound &+ 5]
        let minor = bytes[range.lowerBound &+ 7]
        guard major >= UInt8(ascii: "0"), major <= UInt8(ascii: "9"), minor >= UInt8(ascii: "0"),
            minor <= UInt8(ascii: "9")
        else {
            throw HTTPError(.startLineMalformed, line: 1)
        }
        guard major == UInt8(ascii: "1"), minor <= UInt8(ascii: "1") else {
            throw HTTPError(.versionUnsupported, line: 1)
        }
        isHTTP10 = minor == UInt8(ascii: "0")
    }

    private static func method(_ range: Range<Int>, in bytes: Span<UInt8>) -> Method {
        switch range.count {
        case 3 where bytes.holds("GET", at: range.lowerBound): .get
        case 4 where bytes.holds("POST", at: range.lowerBound): .post
        case 4 where bytes.holds("HEAD", at: range.lowerBound): .head
        case 7 where bytes.holds("OPTIONS", at: range.lowerBound): .options
        default: .other
        }
    }

    /// The path and query of a target: as it is in origin form, behind the host in absolute form (section 3.2).
    private func target(_ range: Range<Int>, in bytes: Span<UInt8>) throws(HTTPError) -> Range<Int> {
        if bytes[range.lowerBound] == UInt8(ascii: "/") { return try withoutFragment(range, in: bytes) }
        if range.count == 1, bytes[range.lowerBound] == UInt8(ascii: "*"), method == .options { return range }
        var position = range.lowerBound
        if bytes.holds("http://", ignoringCaseIn: position..<min(position &+ 7, range.upperBound)) {
            position &+= 7
        } else if bytes.holds("https://", ignoringCaseIn: position..<min(position &+ 8, range.upperBound)) {
            position &+= 8
        } else if bytes.holds("CONNECT", at: methodRange.lowerBound), methodRange.count == 7 {
            // A host and a port; the method itself is refused where requests are routed.
            return range
        } else {
            throw HTTPError(.targetInvalid, line: 1)
        }
        let hostStart = position
        while position < range.upperBound, HTTPCharacter.isHost(bytes[position]) { position &+= 1 }
        guard position > hostStart, position < range.upperBound, bytes[position] == UInt8(ascii: "/") else {
            throw HTTPError(.targetInvalid, line: 1)
        }
        return try withoutFragment(position..<range.upperBound, in: bytes)
    }

    private func withoutFragment(_ range: Range<Int>, in bytes: Span<UInt8>) throws(HTTPError) -> Range<Int> {
        let mark = UInt8(ascii: "#")
        let end = bytes.endOfRun(in: range, of: { $0 != mark }, { $0.places(of: mark) })
        guard end == range.upperBound else { throw HTTPError(.targetInvalid, line: 1) }
        return range
    }
}
