// SPDX-License-Identifier: Apache-2.0

import Foundation
import Gateway
import Records
import Service
import Testing

extension UpstreamText {
    /// A refusal for lack of capacity, as Azure says it.
    static func noCapacity(_ headers: String...) -> String {
        answer(
            429, #"{"error":{"code":"no_capacity","message":"busy"}}"#, headers: ["apim-request-id: 1"] + headers)
    }

    /// An outage that the provider answers with.
    static let unavailable = answer(503, #"{"error":{"code":null,"type":"server_error","message":"down"}}"#)
}

extension RecordingUpstream {
    /// A port that nobody listens on, and that no other test is given.
    ///
    /// A socket that does not listen holds it as long as the tests run; an upstream may still be started on it.
    static func deadPort() async throws -> Int {
        #if canImport(Darwin)
        let stream = SOCK_STREAM
        #else
        let stream = Int32(SOCK_STREAM.rawValue)
        #endif
        let descriptor = socket(AF_INET, stream, 0)
        var isReused: Int32 = 1
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &isReused, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                let isBound = unsafe bind(descriptor, pointer, length) == 0
                return unsafe isBound && getsockname(descriptor, pointer, &length) == 0
            }
        }
        try #require(isBound)
        return Int(UInt16(bigEndian: address.sin_port))
    }
}

extension GatewayBed {
    /// Sends so many requests over a few connections, and counts the answers by their status.
    func load(_ count: Int, clients: Int = 4, body: String = GatewayBed.body) async throws -> [Int: Int] {
        let bytes = request(body)
        return try await withThrowingTaskGroup(of: [Int: Int].self) { group in
            for _ in 0..<clients {
                group.addTask {
                    let client = try await self.connect()
                    var statuses: [Int: Int] = [:]
                    for _ in 0..<(count / clients) {
                        try await client.send(bytes)
                        statuses[try await client.answer().status, default: 0] += 1
                    }
                    await client.close()
                    return statuses
                }
            }
            return try await group.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
        }
    }

    /// What the loops have counted of attempts and health.
    var routing: RoutingMetrics {
        get async { await application.server.metrics().routing }
    }
}
