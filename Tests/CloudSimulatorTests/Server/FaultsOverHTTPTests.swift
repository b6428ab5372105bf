// SPDX-License-Identifier: Apache-2.0

import CloudSimulator
import Foundation
import NIOHTTP1
import NIOPosix
import Testing

@Suite("Faults and control calls over HTTP")
struct FaultsOverHTTPTests {
    private static let group = MultiThreadedEventLoopGroup.singleton

    private func withServer(
        _ cloud: SimulatedCloud,
        _ body: (CloudServer, RawClient) async throws -> Void
    ) async throws {
        let server = try await CloudServer.start(cloud, group: Self.group)
        do {
            try await body(server, RawClient(server: server, group: Self.group))
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }

    private let stream = CloudRequest.testingBody(streams: true, usage: true)
    private let plain = CloudRequest.testingBody()

    @Test("cuts streams and bodies, closes without an answer, and sends what is no HTTP")
    func cuts() async throws {
        try await withServer(.testing()) { server, client in
            try server.setFaults([FaultRule(.cut(afterEvents: 2))])
            let cutStream = try await client.send(body: stream)
            #expect(cutStream.status == 200)
            #expect(cutStream.events.count == 2)
            #expect(!cutStream.isComplete)
            let cutBody = try await client.send(body: plain)
            #expect(cutBody.status == 200)
            #expect(!cutBody.isComplete)
            for fault in [CloudFault.closeAtHead, .malformedHead] {
                try server.setFaults([FaultRule(fault, requests: 1)])
                #expect(try await client.send(body: plain).status == 0)
            }
            #expect(try await client.send(body: plain).isComplete)
            let total = server.counters().total
            #expect(total.brokenOff == 2)
            #expect(total.refused == ["closed": 1, "malformed": 1])
            #expect(total.completed == 1)
        }
    }

    @Test(
        "ends a stream with the vendor's error event",
        arguments: [
            (CloudDialect.openai, "/v1/chat/completions", #""code":"server_is_overloaded""#),
            (.azure, "/openai/v1/chat/completions", #""code":"no_capacity""#),
            (.bedrock, "/openai/v1/chat/completions", #""code":"server_is_overloaded""#),
        ]
    )
    func errorEvent(dialect: CloudDialect, path: String, code: String) async throws {
        try await withServer(.testing(dialect)) { server, client in
            try server.setFaults([FaultRule(.error(afterEvents: 1, reason: .noCapacity))])
            let answer = try await client.send(.POST, path, body: stream)
            #expect(answer.status == 200)
            #expect(answer.isComplete)
            #expect(answer.events.count == 2)
            #expect(answer.events.last?.contains(code) == true)
            #expect(server.counters().total.brokenOff == 1)
        }
    }

    @Test("is set right again through the control calls")
    func controls() async throws {
        try await withServer(.testing()) { server, client in
            let rules =
                #"{"faults":[{"fault":{"cut":{"after_events":3}},"lane":"gpt"},"#
                + #"{"fault":{"refuse":{"reason":"outage-502"}},"requests":1},{"fault":{"usage_absent":{}}}]}"#
            #expect(try await client.send(.POST, "/simulator/faults", body: rules).status == 200)
            #expect(try await client.send(body: stream).events.count == 3)
            #expect(try await client.send(.POST, "/simulator/faults", body: #"{"faults":[]}"#).status == 200)
            #expect(try await client.send(body: stream).isComplete)
            let capacity = #"{"lane":"gpt","tokens_per_minute":1}"#
            #expect(try await client.send(.POST, "/simulator/capacity", body: capacity).status == 200)
            #expect(try await client.send(body: stream).status == 503)
            let counters = try await client.send(.GET, "/simulator/counters")
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            let decoded = try decoder.decode(CloudCounters.self, from: Data(counters.body.utf8))
            #expect(decoded == server.counters())
            #expect(decoded.total.refused == ["no-capacity": 1])
        }
    }

    @Test(
        "refuses control calls that it does not understand, and says why",
        arguments: [
            ("/simulator/faults", "x", "the body is not this call's JSON"),
            ("/simulator/faults", #"{"faults":[{"fault":{"melt":{}}}]}"#, "the body is not this call's JSON"),
            ("/simulator/faults", #"{"faults":[{"fault":{"close_at_head":{}},"lane":"x"}]}"#, "has no lane"),
            ("/simulator/capacity", #"{"lane":"x","tokens_per_minute":1}"#, "has no lane"),
            ("/simulator/capacity", #"{"lane":"gpt","tokens_per_minute":-1}"#, "tokens_per_minute is -1"),
        ]
    )
    func badControls(path: String, body: String, message: String) async throws {
        try await withServer(.testing()) { _, client in
            let answer = try await client.send(.POST, path, body: body)
            #expect(answer.status == 400)
            #expect(answer.body.contains(message), "\(answer.body)")
        }
    }
}
