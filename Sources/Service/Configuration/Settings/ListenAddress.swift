// SPDX-License-Identifier: Apache-2.0

/// The address that the gateway listens on.
package struct ListenAddress: Sendable, Hashable, CustomStringConvertible {
    /// An IPv4 or IPv6 address without brackets, or `localhost`.
    package var host: String
    /// The port, 0 to 65,535; 0 picks a free one.
    package var port: Int

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// The address where nothing is configured: this machine alone.
    package static let standard = ListenAddress(host: "127.0.0.1", port: 8080)

    /// The address as written in the file.
    package var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
