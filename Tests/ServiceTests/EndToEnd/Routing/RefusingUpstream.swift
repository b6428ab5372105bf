// SPDX-License-Identifier: Apache-2.0

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
    /// A port that nobody listens on.
    static func deadPort() async throws -> Int {
        let gone = try await RecordingUpstream.start { _, _ in [] }
        await gone.stop()
        return gone.port
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
