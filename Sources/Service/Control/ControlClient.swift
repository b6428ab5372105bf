// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import Gateway
internal import Store

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Gives an order to the gateway that has a data folder, or carries it out where none is running.
package enum ControlClient {
    /// How long an answer is awaited, in seconds.
    static let answerSeconds = 30

    /// Gives an order.
    package static func give(_ order: ControlOrder, folder: String) async throws(ServiceError) -> ControlAnswer {
        if let answer = try askGateway(order, folder: folder) { return try answer.orThrow() }
        guard FileManager.default.fileExists(atPath: folder + "/log") else {
            throw ServiceError(
                .usage, "There is no data folder at \(folder); `concordat serve` makes one, and --data names it.")
        }
        let node = try LedgerNode(folder: folder) { FileHandle.standardError.write(Data("concordat: \($0)\n".utf8)) }
        defer { node.close() }
        return try await Operator(node: node, pepper: try Pepper.read(folder: folder)).carryOut(order).orThrow()
    }

    /// Asks the running gateway; `nil` where none listens.
    package static func askGateway(_ order: ControlOrder, folder: String) throws(ServiceError) -> ControlAnswer? {
        guard let socket = try? UnixConnection(path: ControlSocket.path(in: folder), timeoutSeconds: answerSeconds) else {
            return nil
        }
        guard var line = try? JSONEncoder().encode(order) else {
            throw ServiceError(.failed, "The order can't be written as JSON.")
        }
        line.append(UInt8(ascii: "\n"))
        guard let reply = try? socket.exchange(line), let answer = try? JSONDecoder().decode(ControlAnswer.self, from: reply)
        else {
            throw ServiceError(.failed, "The gateway took the order and gave no answer; see its messages, then ask again.")
        }
        return answer
    }
}

extension ControlAnswer {
    fileprivate func orThrow() throws(ServiceError) -> ControlAnswer {
        guard case .refused(let code, let message) = self else { return self }
        switch code {
        case "usage": throw ServiceError(.usage, message)
        case "refused": throw ServiceError(.refused, message)
        default: throw ServiceError(.failed, message)
        }
    }
}

/// A blocking connection to a Unix socket, for one line each way.
private struct UnixConnection: ~Copyable {
    private let descriptor: Int32

    init(path: String, timeoutSeconds: Int) throws {
        #if canImport(Glibc)
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        #else
        descriptor = socket(AF_UNIX, SOCK_STREAM, 0)
        #endif
        guard descriptor >= 0 else { throw POSIXError(.EIO) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { throw POSIXError(.ENAMETOOLONG) }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { target in
            unsafe target.copyBytes(from: bytes)
        }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let connected = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe connect(descriptor, $0, length) }
        }
        guard connected == 0 else {
            Self.close(descriptor)
            throw POSIXError(.ECONNREFUSED)
        }
        var timeout = timeval(tv_sec: timeoutSeconds, tv_usec: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit {
        Self.close(descriptor)
    }

    /// Sends a line and reads the answer to its end.
    func exchange(_ line: Data) throws -> Data {
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
        try handle.write(contentsOf: line)
        return try handle.readToEnd() ?? Data()
    }

    private static func close(_ descriptor: Int32) {
        #if canImport(Glibc)
        _ = Glibc.close(descriptor)
        #else
        _ = Darwin.close(descriptor)
        #endif
    }
}
