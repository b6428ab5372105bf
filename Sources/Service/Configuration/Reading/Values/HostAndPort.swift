// SPDX-License-Identifier: Apache-2.0

/// A host and a port as they stand in an address (RFC 3986, section 3.2).
struct HostAndPort {
    /// The host, without brackets.
    var host: String
    /// Whether the host stood in brackets, as only an IPv6 address does.
    var isBracketed: Bool
    /// The port; `nil` where none is written or it is none.
    var port: Int?
    /// Whether there is a colon for a port.
    var hasPort: Bool

    /// Takes an address apart; `nil` where the brackets are wrong or there are too many colons.
    init?(_ text: String) {
        let rest: Substring
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            host = String(text[text.index(after: text.startIndex)..<end])
            isBracketed = true
            rest = text[text.index(after: end)...]
            guard host.contains(":"), rest.isEmpty || rest.hasPrefix(":") else { return nil }
        } else {
            let end = text.firstIndex(of: ":") ?? text.endIndex
            host = String(text[..<end])
            isBracketed = false
            rest = text[end...]
            guard !rest.dropFirst().contains(":") else { return nil }
        }
        guard !host.isEmpty else { return nil }
        hasPort = !rest.isEmpty
        port = Self.port(rest.dropFirst())
    }

    private static func port(_ digits: Substring) -> Int? {
        guard (1...5).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = Int(digits), port <= 65_535
        else { return nil }
        return port
    }
}
