// SPDX-License-Identifier: Apache-2.0

package import Gateway

/// The base address of an upstream: `https` or `http`, a host, a port and a path, and nothing else.
package struct UpstreamURL: Sendable, Hashable, CustomStringConvertible {
    /// Where connections go.
    package var endpoint: UpstreamTarget.Endpoint
    /// The path; empty for the provider's own.
    package var path: String

    package init(endpoint: UpstreamTarget.Endpoint, path: String) {
        self.endpoint = endpoint
        self.path = path
    }

    /// Whether connections stay on this machine.
    package var isLoopback: Bool {
        let host = endpoint.host
        // The reader has seen that a host of digits and dots is a whole address.
        let isIPv4 = host.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
        return host == "localhost" || host == "::1" || isIPv4 && host.hasPrefix("127.")
    }

    /// The address as it could be written.
    package var description: String {
        let host = endpoint.host.contains(":") ? "[\(endpoint.host)]" : endpoint.host
        let isDefault = endpoint.port == (endpoint.usesTLS ? 443 : 80)
        return (endpoint.usesTLS ? "https://" : "http://") + host + (isDefault ? "" : ":\(endpoint.port)") + path
    }
}
