// SPDX-License-Identifier: Apache-2.0

import Foundation
import Records
import Service
import Testing

@Suite("A chat completion")
struct ChatRelayTests {
    @Test("comes from the primary byte for byte, and the ledger has the tokens that the upstream reported")
    func plain() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.answer())] }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let answer = try await bed.chat()
            #expect(answer.status == 200)
            #expect(answer.body == UpstreamText.completion)
            #expect(answer["content-type"] == "application/json")

            let placement = try await bed.placement()
            #expect(placement.outcome == .served)
            #expect(placement.ground == "primary")
            #expect(placement.clause == "deal/primary")
            #expect(!placement.isSpill)
            #expect(placement.usage.basis == .reported)
            #expect(placement.usage.prompt == 7)
            #expect(placement.usage.completion == 5)
            #expect(placement.attempts.map(\.deployment) == ["azure-on-demand"])
            #expect(answer["x-concordat-decision"] == placement.request.description)
        }
        await upstream.stop()
    }

    @Test("streams byte for byte, without the usage chunk that only the gateway asked for")
    func stream() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in
            [.send(UpstreamText.stream(UpstreamText.goodEvents))]
        }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let answer = try await bed.chat(GatewayBed.streamBody)
            #expect(answer.status == 200)
            #expect(answer["content-type"] == "text/event-stream")
            #expect(answer.body == UpstreamText.goodEvents.filter { $0 != UpstreamText.Event.usage }.joined())
            #expect(
                upstream.requests.first?.body
                    == "{\"stream_options\":{\"include_usage\":true}," + GatewayBed.streamBody.dropFirst())
            let placement = try await bed.placement()
            #expect(placement.usage.basis == .reported)
            #expect(placement.usage.completion == 5)
        }
        await upstream.stop()
    }

    @Test("keeps the usage chunk for a client that asked for it, and its body as it was")
    func streamWithUsage() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in
            [.send(UpstreamText.stream(UpstreamText.goodEvents))]
        }
        let body =
            #"{ "stream_options" : {"x":1, "include_usage":true}, "stream":true,"model":"gpt","messages":[] }"#
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let answer = try await bed.chat(body)
            #expect(answer.body == UpstreamText.goodEvents.joined())
            #expect(upstream.requests.first?.body == body)
        }
        await upstream.stop()
    }

    @Test("reaches the upstream with every unknown member, and with the deployment's name in the model's place")
    func splicing() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.answer())] }
        let before = #"{"zz": [1.50e+1, {"ä":"\u00e9"}],  "api_base":"http://127.0.0.1:1/","model" :"#
        let after = #" , "messages":[{"role":"user","content":"x"}],"future":{"a":null}, "seed": 12345678901234567890}"#
        try await GatewayBed.run(.init { $0.ports = ["azure": upstream.port] }) { bed in
            let answer = try await bed.chat(before + #""gpt""# + after)
            #expect(answer.status == 200)
            #expect(upstream.requests.map(\.body) == [before + #""gpt-ptu""# + after])
            #expect(upstream.requests.first?.lines.first == "POST /openai/v1/chat/completions HTTP/1.1")
        }
        await upstream.stop()
    }

    @Test("P38: takes no header to the upstream that the configuration does not ask for")
    func headerHygiene() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.answer())] }
        let setup = GatewayBed.Setup {
            $0.ports = ["azure": upstream.port]
            $0.environment = ["KEY_AZURE": "upstream-key"]
        }
        try await GatewayBed.run(setup) { bed in
            let answer = try await bed.chat(headers: [
                "cookie: session=1", "api-key: client", "x-api-key: client", "x-ms-spillover-deployment: gpt",
                "X-Vertex-AI-LLM-Request-Type: dedicated", "openai-organization: org-evil", "x-forwarded-for: 1.2.3.4",
                "connection: authorization", "te: trailers", "accept-encoding: gzip", "user-agent: client",
                "x-concordat-deployment: aws-on-demand", "traceparent: 00-1-1-01",
            ])
            #expect(answer.status == 200)
            let request = try #require(upstream.requests.first)
            #expect(
                request.fieldNames == [
                    "accept", "accept-encoding", "api-key", "content-length", "content-type", "host", "user-agent",
                ])
            #expect(request["api-key"] == "upstream-key")
            #expect(request["accept-encoding"] == "identity")
            #expect(request["user-agent"]?.hasPrefix("concordat/") == true)
            #expect(request["host"] == "127.0.0.1:\(upstream.port)")
            #expect(answer["x-concordat-deployment"] == "azure-reserved")
        }
        await upstream.stop()
    }

    @Test("P38: gives the client nothing of the upstream's head but its type and what is allowed")
    func answerHeaders() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in
            [
                .send(
                    UpstreamText.answer(headers: [
                        "set-cookie: a=b", "x-ms-region: secret", "x-ratelimit-limit-tokens: 5", "server: upstream",
                        "x-request-id: theirs", "openai-processing-ms: 17", "strict-transport-security: max-age=1",
                    ]))
            ]
        }
        try await GatewayBed.run(.init { $0.ports = ["azure": upstream.port] }) { bed in
            let plainKey = try await GatewayBed.makeKey(bed.application, diagnostics: false)
            let plain = try await bed.chat(key: plainKey)
            #expect(
                plain.headers.keys.sorted() == [
                    "content-length", "content-type", "openai-processing-ms", "x-concordat-decision", "x-request-id",
                ])
            #expect(plain["x-request-id"] == plain["x-concordat-decision"])

            let diagnosed = try await bed.chat()
            #expect(diagnosed["x-concordat-ground"] == "primary")
            #expect(diagnosed["x-concordat-deployment"] == "azure-reserved")
        }
        await upstream.stop()
    }

    @Test("is not pressed into a form that the upstream did not give it, though it is long", arguments: [true, false])
    func longAnswer(chunked: Bool) async throws {
        let text = String(repeating: "All work and no play. ", count: 20_000)
        let body = UpstreamText.completion.replacingOccurrences(of: "Good day.", with: text)
        let upstream = try await RecordingUpstream.start { _, _ in
            guard chunked else { return [.send(UpstreamText.answer(200, body))] }
            let half = body.index(body.startIndex, offsetBy: body.count / 2)
            return [
                .send("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"),
                .send(UpstreamText.chunk(String(body[..<half]))), .send(UpstreamText.chunk(String(body[half...]))),
                .send(UpstreamText.streamEnd),
            ]
        }
        try await GatewayBed.run(.init { $0.ports = ["azure": upstream.port] }) { bed in
            let answer = try await bed.chat()
            #expect(answer.isWhole)
            #expect(answer.body == body)
            try await #expect(bed.placement().usage.completion == 5)
        }
        await upstream.stop()
    }
}
