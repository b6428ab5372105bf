// SPDX-License-Identifier: Apache-2.0

import CloudSimulator
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Testing

@Suite("A simulated cloud's server")
struct CloudServerTests {
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

    private func json(_ text: some StringProtocol) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test("answers plainly with the usage that it counts, and its vendor's headers", arguments: CloudDialect.allCases)
    func plain(dialect: CloudDialect) async throws {
        try await withServer(.testing(dialect)) { server, client in
            let path = dialect == .azure || dialect == .bedrock ? "/openai/v1" : "/v1"
            let body = CloudRequest.testingBody(prompt: 7, completion: 11)
            let answer = try await client.send(.POST, path + "/chat/completions", body: body)
            #expect(answer.status == 200)
            #expect(answer.headers["x-simulated-cloud"] == ["test-cloud"])
            let identifiers = [
                CloudDialect.azure: "apim-request-id", .openai: "x-request-id", .bedrock: "x-amzn-requestid",
            ]
            if let identifier = identifiers[dialect] { #expect(answer.headers.contains(name: identifier)) }
            let usage = try #require(try json(answer.body)["usage"] as? [String: Any])
            #expect(usage["prompt_tokens"] as? Int == 7)
            #expect(usage["completion_tokens"] as? Int == 11)
            let choice = try #require((try json(answer.body)["choices"] as? [[String: Any]])?.first)
            let content = try #require((choice["message"] as? [String: Any])?["content"] as? String)
            #expect(content == TokenText.prompt(tokens: 11))
            let total = server.counters().total
            #expect((total.promptTokens, total.completionTokens, total.completed) == (7, 11, 1))
        }
    }

    @Test("streams role, content, finish reason, usage and [DONE]", arguments: CloudDialect.allCases)
    func streams(dialect: CloudDialect) async throws {
        try await withServer(.testing(dialect, interTokenMilliseconds: 1)) { server, client in
            let path = dialect == .azure || dialect == .bedrock ? "/openai/v1" : "/v1"
            let body = CloudRequest.testingBody(completion: 12, streams: true, usage: true)
            let answer = try await client.send(.POST, path + "/chat/completions", body: body)
            #expect(answer.headers["content-type"] == ["text/event-stream; charset=utf-8"])
            #expect(answer.events.last == "[DONE]")
            var events = try answer.events.dropLast().map { try json($0) }
            if dialect == .azure {
                let first = events.removeFirst()
                #expect((first["choices"] as? [Any])?.isEmpty == true)
                #expect(first["prompt_filter_results"] != nil)
            }
            let usage = try #require(events.removeLast()["usage"] as? [String: Any])
            #expect(usage["total_tokens"] as? Int == 22)
            let choices = try events.map { try #require(($0["choices"] as? [[String: Any]])?.first) }
            let deltas = choices.compactMap { $0["delta"] as? [String: Any] }
            #expect(deltas.first?["role"] as? String == "assistant")
            #expect(deltas.compactMap { $0["content"] as? String }.joined() == TokenText.prompt(tokens: 12))
            #expect(choices.last?["finish_reason"] as? String == "length")
            // One millisecond a token: five tokens go into one event.
            #expect(deltas.count == 1 + 3 + 1)
            #expect(server.counters().lanes["gpt"]?.completionTokens == 12)
        }
    }

    @Test("reports no usage in a stream that did not ask for it, and counts its tokens apart")
    func noUsage() async throws {
        try await withServer(.testing()) { server, client in
            let answer = try await client.send(body: CloudRequest.testingBody(streams: true))
            #expect(!answer.body.contains("usage"))
            let total = server.counters().total
            #expect((total.completed, total.completionTokens, total.unreportedCompletionTokens) == (1, 0, 10))
        }
    }

    @Test("stops when the client leaves, and counts the tokens that had gone out", .timeLimit(.minutes(5)))
    func clientLeaves() async throws {
        try await withServer(.testing(interTokenMilliseconds: 5)) { server, client in
            let body = CloudRequest.testingBody(completion: 100_000, streams: true, usage: true)
            let answer = try await client.send(body: body, leaveAfterEvents: 5)
            #expect(!answer.isComplete)
            while server.counters().total.cancelled == 0 { await Task.yield() }
            let total = server.counters().total
            #expect(total.completionTokens == 0)
            #expect((1..<100_000).contains(total.unreportedCompletionTokens))
            #expect(total.unreportedPromptTokens == 10)
        }
    }

    @Test("refuses a wrong or missing credential as the vendor does", arguments: [CloudDialect.openai, .azure])
    func credential(dialect: CloudDialect) async throws {
        try await withServer(.testing(dialect, credential: "key-1")) { server, client in
            let path = dialect == .azure ? "/openai/v1/chat/completions" : "/v1/chat/completions"
            let body = CloudRequest.testingBody()
            for headers in [[], [("authorization", "Bearer key-2")], [("api-key", "key-2")]] {
                #expect(try await client.send(.POST, path, headers: headers, body: body).status == 401)
            }
            let bearer = [("authorization", "Bearer key-1")]
            #expect(try await client.send(.POST, path, headers: bearer, body: body).status == 200)
            let apiKey = try await client.send(.POST, path, headers: [("api-key", "key-1")], body: body)
            #expect(apiKey.status == (dialect == .azure ? 200 : 401))
            #expect(server.counters().total.refused["auth"] == (dialect == .azure ? 3 : 4))
        }
    }

    @Test("serves Azure's older path with its api-version, by the deployment that it names")
    func azureDeployment() async throws {
        try await withServer(.testing(.azure)) { _, client in
            let base = "/openai/deployments/gpt-alias/chat/completions"
            let body = CloudRequest.testingBody(model: "ignored")
            #expect(try await client.send(.POST, base + "?api-version=2024-10-21", body: body).status == 200)
            let without = try await client.send(.POST, base, body: body)
            #expect(without.status == 404)
            #expect(without.body == #"{"error":{"code":"404","message":"Resource not found"}}"#)
            let unknown = try await client.send(.POST, "/openai/v1/chat/completions", body: body)
            #expect(unknown.body.contains("DeploymentNotFound"))
        }
    }

    @Test("says when reserved capacity is back, in milliseconds and in seconds")
    func retryAfter() async throws {
        let cloud = try SimulatedCloud.testing(.azure, kind: .reserved, tokensPerMinute: 1_000, speed: 60)
        let now = NIODeadline.uptimeNanoseconds(5_000_000_000)
        let server = try await CloudServer.start(cloud, group: Self.group, clock: { now })
        let client = RawClient(server: server, group: Self.group)
        let body = CloudRequest.testingBody(prompt: 600, completion: 900)
        #expect(try await client.send(.POST, "/openai/v1/chat/completions", body: body).status == 200)
        let refused = try await client.send(.POST, "/openai/v1/chat/completions", body: body)
        #expect(refused.status == 429)
        // 500 tokens too many at 1,000 a simulated minute, which is a second.
        #expect(refused.headers["retry-after-ms"] == ["501"])
        #expect(refused.headers["retry-after"] == ["1"])
        #expect(!refused.headers.contains { $0.name.hasPrefix("x-ratelimit") })
        await server.stop()
    }

    @Test("keeps a connection for several requests, and counts what a client received")
    func keepsAlive() async throws {
        try await withServer(.testing()) { server, client in
            let received = try await client.connect().executeThenClose { inbound, outbound in
                var responses = inbound.makeAsyncIterator()
                var received = 0
                for completion in 1...20 {
                    let body = CloudRequest.testingBody(
                        completion: completion,
                        streams: completion.isMultiple(of: 2),
                        usage: completion.isMultiple(of: 2)
                    )
                    try await client.send(.POST, "/v1/chat/completions", headers: [], body: body, on: outbound)
                    var answer = RawClient.Answer()
                    try await client.read(&responses, into: &answer)
                    let text = answer.events.dropLast().last ?? answer.body[...]
                    received += try #require((try json(text)["usage"] as? [String: Any])?["completion_tokens"] as? Int)
                }
                return received
            }
            #expect(received == 210)
            #expect(server.counters().total.completionTokens == received)
            #expect(server.counters().total.promptTokens == 200)
        }
    }

    @Test("lists its deployments as models")
    func models() async throws {
        try await withServer(.testing()) { _, client in
            let answer = try await client.send(.GET, "/v1/models")
            let data = try #require(try json(answer.body)["data"] as? [[String: Any]])
            #expect(data.compactMap { $0["id"] as? String } == ["gpt", "gpt-alias"])
        }
    }

    @Test("tells embeddings as numbers or in base64, in the dimensions that are asked for")
    func embeddings() async throws {
        try await withServer(.testing()) { _, client in
            func vectors(_ members: String) async throws -> [Any] {
                let body = #"{"model":"gpt","input":["one","two"]\#(members)}"#
                let answer = try await client.send(.POST, "/v1/embeddings", body: body)
                let data = try #require(try json(answer.body)["data"] as? [[String: Any]])
                #expect(data.compactMap { $0["index"] as? Int } == [0, 1])
                return try data.map { try #require($0["embedding"]) }
            }
            let numbers = try #require(try await vectors(#","dimensions":6"#) as? [[Double]]).map { $0.map(Float.init) }
            #expect(numbers.map(\.count) == [6, 6])
            let base64 = try await vectors(#","dimensions":6,"encoding_format":"base64""#)
            for (text, numbers) in zip(base64, numbers) {
                let text = try #require(text as? String)
                let bytes = Array(try #require(Data(base64Encoded: text)))
                let patterns = stride(from: 0, to: bytes.count, by: 4).map { start in
                    bytes[start..<start + 4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
                }
                #expect(patterns.map(Float.init(bitPattern:)) == numbers)
            }
        }
    }

    @Test("counts the tokens of a prompt's cache in every operation that tells them")
    func cacheTokens() async throws {
        try await withServer(.testing()) { _, client in
            let chat = try await client.send(body: CloudRequest.testingBody())
            let response = try await client.send(.POST, "/v1/responses", body: #"{"model":"gpt","input":"Hi"}"#)
            for (answer, member) in [(chat, "prompt_tokens_details"), (response, "input_tokens_details")] {
                let usage = try #require(try json(answer.body)["usage"] as? [String: Any])
                let details = try #require(usage[member] as? [String: Any])
                #expect(details["cached_tokens"] as? Int == 0)
                #expect(details["cache_write_tokens"] as? Int == 0)
            }
        }
    }

    @Test("refuses a body that is no request, and one that is too large")
    func badBodies() async throws {
        try await withServer(.testing()) { server, client in
            for body in ["", "[]", "{", #"{"model":"gpt"}"#, CloudRequest.testingBody(completion: 0)] {
                let answer = try await client.send(body: body)
                #expect(answer.status == 400, "\(body)")
            }
            #expect(server.counters().total.refused == ["bad-request": 5])
            let large = String(repeating: " ", count: 16 * 1024 * 1024 + 1)
            let answer = try await client.send(body: large)
            #expect(answer.status == 413)
        }
    }

    @Test("refuses connections and ends those that are open once it has stopped")
    func stops() async throws {
        let server = try await CloudServer.start(.testing(interTokenMilliseconds: 100), group: Self.group)
        let client = RawClient(server: server, group: Self.group)
        try await client.connect().executeThenClose { inbound, outbound in
            var responses = inbound.makeAsyncIterator()
            let body = CloudRequest.testingBody(completion: 10_000, streams: true)
            try await client.send(.POST, "/v1/chat/completions", headers: [], body: body, on: outbound)
            _ = try await responses.next(isolation: #isolation)
            await server.stop()
            var answer = RawClient.Answer()
            try await client.read(&responses, into: &answer)
            #expect(!answer.isComplete)
        }
        #expect(server.counters().total.cancelled == 1)
        await #expect(throws: (any Error).self) { try await client.send(.GET, "/v1/models") }
    }

    @Test("says that its address is taken")
    func addressTaken() async throws {
        try await withServer(.testing()) { server, _ in
            let error = await #expect(throws: CloudError.self) {
                _ = try await CloudServer.start(.testing(), group: Self.group, port: server.port)
            }
            #expect(error?.code == .notBound)
        }
    }
}
