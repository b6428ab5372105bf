// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Gateway
internal import NIOCore

extension ValueType where Value == UpstreamURL {
    /// The base address of an upstream.
    static var upstreamURL: ValueType<UpstreamURL> {
        token(
            "address", expected: "https:// and a host, with a port and a path where the provider's own differ",
            pattern: "^https?://[^@?#\\s]+$"
        ) { text throws(ScalarFault) in try parse(text) }
    }

    private static func parse(_ text: String) throws(ScalarFault) -> UpstreamURL {
        guard text.utf8.count <= ConfigurationLimits.addressBytesMax,
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw fault("the address is too long, or holds a space or a character outside ASCII", "encode it") }
        guard let scheme = ["https://", "http://"].first(where: text.hasPrefix) else {
            throw fault("the address does not begin with https:// or http://", "write `https://` in front of the host")
        }
        let rest = text.dropFirst(scheme.count)
        let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
        let authority = String(rest[..<end])
        // What stands here is often a password; the diagnostic must not quote it.
        guard !authority.contains("@") else {
            throw fault(
                "the address holds a user name or a password", "delete all before `@`, and name the key in `api_key`",
                isShown: false)
        }
        let path = String(rest[end...])
        guard !path.contains("?"), !path.contains("#") else {
            throw fault(
                "the address holds a query or a fragment",
                "delete `?` or `#` and all behind it; `api_version` has a key of its own", isShown: false)
        }
        guard !path.hasSuffix("/chat/completions"), !path.hasSuffix("/chat/completions/") else {
            throw fault("the address holds the path of a call, which is added to it", "delete `/chat/completions`")
        }
        guard let parts = HostAndPort(authority), !parts.hasPort || (parts.port ?? 0) > 0 else {
            throw fault("the host or the port can't be read", "write a host, and a port from 1 to 65535 behind a colon")
        }
        let usesTLS = scheme == "https://"
        let endpoint = UpstreamTarget.Endpoint(
            host: parts.host.lowercased(), port: parts.port ?? (usesTLS ? 443 : 80), usesTLS: usesTLS)
        guard isHost(endpoint.host, isBracketed: parts.isBracketed) else {
            throw fault("the host is neither a name nor an address", "copy the host from the provider's console")
        }
        var trimmed = path[...]
        while trimmed.hasSuffix("/") { trimmed.removeLast() }
        return UpstreamURL(endpoint: endpoint, path: String(trimmed))
    }

    private static func fault(_ message: String, _ mend: String, isShown: Bool = true) -> ScalarFault {
        ScalarFault(code: .invalidURL, message: message, mend: mend, isShown: isShown)
    }

    /// Whether a text is an address, or a name of letters, digits, hyphens and underscores between dots.
    private static func isHost(_ host: String, isBracketed: Bool) -> Bool {
        let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
        let isNumeric = host.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
        guard !isBracketed, !isNumeric else { return isAddress }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        return host.utf8.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                    && label.utf8.allSatisfy {
                        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
                            || $0 == UInt8(ascii: "_")
                    }
            }
    }
}
