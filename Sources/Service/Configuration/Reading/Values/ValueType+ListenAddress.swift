// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import NIOCore

extension ValueType where Value == ListenAddress {
    /// An address and a port, such as `127.0.0.1:8080` or `[::1]:8080`.
    static var listenAddress: ValueType<ListenAddress> {
        token(
            "address and port", expected: "an address and a port, such as 127.0.0.1:8080 or [::1]:8080",
            pattern: "^.+:[0-9]{1,5}$"
        ) { text throws(ScalarFault) in
            guard let parts = HostAndPort(text) else {
                throw ScalarFault(
                    code: .invalidAddress, message: "the value is no address to listen on",
                    mend: "write the address of a network interface, a colon and a port; IPv6 stands in brackets")
            }
            guard let port = parts.port else {
                throw ScalarFault(
                    code: .invalidAddress, message: "the port is missing or out of range",
                    mend: "write a port from 0 to 65535 behind the colon; 0 picks a free one")
            }
            let isAddress = (try? SocketAddress(ipAddress: parts.host, port: port)) != nil
            guard isAddress || parts.host == "localhost" else {
                throw ScalarFault(
                    code: .invalidAddress, message: "the host is no address of IPv4 or IPv6",
                    mend: "write 127.0.0.1 for this machine alone, or 0.0.0.0 for all its interfaces")
            }
            return ListenAddress(host: parts.host, port: port)
        }
    }
}
