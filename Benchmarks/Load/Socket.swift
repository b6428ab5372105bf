// SPDX-License-Identifier: Apache-2.0

import CEpoll
import Glibc

/// The few socket calls that the load and the upstream make; nothing blocks, and TCP_NODELAY is always on.
enum Socket {
    /// What a call came to.
    enum Outcome {
        case bytes(Int)
        case wouldBlock
        case closed
    }

    /// Listens on 127.0.0.1.
    static func listen(port: Int) -> Int32 {
        let descriptor = make()
        var on: Int32 = 1
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        let bound = unsafe withAddress(port) { unsafe bind(descriptor, $0, $1) }
        guard bound == 0, Glibc.listen(descriptor, 4_096) == 0 else {
            Options.fail("port \(port) of 127.0.0.1 can't be listened on: \(reason)")
        }
        return descriptor
    }

    /// Takes in a connection; `nil` when there is none.
    static func accept(_ listener: Int32) -> Int32? {
        let descriptor = concordat_accept(listener)
        guard descriptor >= 0 else { return nil }
        setNoDelay(descriptor)
        return descriptor
    }

    /// Begins to connect to 127.0.0.1; `nil` when that failed at once.
    static func connect(port: Int) -> Int32? {
        let descriptor = make()
        setNoDelay(descriptor)
        let connected = unsafe withAddress(port) { unsafe Glibc.connect(descriptor, $0, $1) }
        guard connected == 0 || errno == EINPROGRESS else {
            Glibc.close(descriptor)
            return nil
        }
        return descriptor
    }

    /// Reads into a buffer.
    static func read(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Outcome {
        unsafe outcome(of: recv(descriptor, buffer.baseAddress, buffer.count, 0))
    }

    /// Writes a part of some bytes.
    static func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Outcome {
        unsafe outcome(of: send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL)))
    }

    static func close(_ descriptor: Int32) { Glibc.close(descriptor) }

    private static func outcome(of result: Int) -> Outcome {
        if result > 0 { return .bytes(result) }
        if result < 0, errno == EAGAIN || errno == EINTR || errno == ENOTCONN { return .wouldBlock }
        return .closed
    }

    private static func make() -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { Options.fail("no socket: \(reason); raise `ulimit -n`") }
        return descriptor
    }

    private static func setNoDelay(_ descriptor: Int32) {
        var on: Int32 = 1
        unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    private static func withAddress(
        _ port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    private static var reason: String { unsafe String(cString: strerror(errno)) }
}
