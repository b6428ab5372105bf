// SPDX-License-Identifier: Apache-2.0

import Gateway
import Records
import Testing

@Suite("A client that says where its request goes")
struct SteeredUpstreamTests {
    @Test("P38: steers nothing with a base or a key in its body, at whatever depth, and the place hears nothing")
    func base() async throws {
        let elsewhere = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.answer())] }
        let upstream = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.answer())] }
        let setup = GatewayBed.Setup.primary(at: upstream) { $0.environment = ["KEY_AZURE": "own-key"] }
        try await GatewayBed.run(setup) { bed in
            let place = #""http://127.0.0.1:\#(elsewhere.port)/v1""#
            for member in [
                #""api_base":\#(place)"#, #""base_url":\#(place),"api_key":"client""#,
                #""extra_body":{"api_base":\#(place),"headers":{"authorization":"Bearer client"}}"#,
                #""metadata":{"api_base":\#(place),"model_info":{"base_url":\#(place)}}"#,
                #""litellm_params":{"api_base":\#(place),"custom_llm_provider":"openai"}"#,
                #""fallbacks":[{"model":"gpt","api_base":\#(place)}]"#,
            ] {
                let body = #"{"model":"gpt",\#(member),"messages":[]}"#
                let answer = try await bed.chat(body)
                #expect(answer["x-concordat-deployment"] == "azure-on-demand")
                let request = try #require(upstream.requests.last)
                #expect(request.body == body)
                #expect(request["api-key"] == "own-key")
            }
            #expect(upstream.requests.count == 6)
            #expect(elsewhere.connectionsOpened == 0)
        }
        await upstream.stop()
        await elsewhere.stop()
    }

    @Test("P38: steers nothing with a header of a provider, and no attempt carries its key or that of another cloud")
    func headers() async throws {
        let primary = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.noCapacity())] }
        let other = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.unavailable)] }
        let last = try await RecordingUpstream.start { _, _ in
            [
                .send(
                    UpstreamText.answer(headers: [
                        "x-ms-spillover-from-deployment: gpt-ptu", "x-ratelimit-remaining-tokens: 1",
                        "x-goog-quota: secret",
                    ]))
            ]
        }
        let setup = GatewayBed.Setup {
            $0.ports = ["azure": primary.port, "aws": other.port, "oracle": last.port]
            $0.environment = ["KEY_AZURE": "azure-key", "KEY_AWS": "aws-key", "KEY_ORACLE": "oracle-key"]
        }
        try await GatewayBed.run(setup) { bed in
            let answer = try await bed.chat(headers: [
                "x-ms-spillover-deployment: gpt", "X-Vertex-AI-LLM-Request-Type: dedicated", "api-key: client",
                "x-goog-api-key: client", "x-amz-security-token: client", "proxy-authorization: Basic Y2xpZW50",
                "x-portkey-custom-host: http://127.0.0.1:1", "x-forwarded-host: 127.0.0.1:1",
            ])
            #expect(answer.status == 200)
            #expect(answer["x-concordat-deployment"] == "oracle-on-demand")
            #expect(answer.headers.keys.allSatisfy { !$0.hasPrefix("x-ms-") && !$0.hasPrefix("x-goog-") })
            #expect(answer["x-ratelimit-remaining-tokens"] == nil)

            let requests = [(primary, "azure-key"), (other, "aws-key"), (last, "oracle-key")]
                .flatMap { upstream, key in upstream.requests.map { ($0, key, upstream.port) } }
            #expect(requests.count == 4)
            for (request, key, port) in requests {
                let credential = key == "azure-key" ? "api-key" : "authorization"
                #expect(
                    request.fieldNames
                        == [
                            "accept", "accept-encoding", credential, "content-length", "content-type", "host",
                            "user-agent",
                        ].sorted())
                #expect(request[credential] == (key == "azure-key" ? key : "Bearer \(key)"))
                #expect(request["host"] == "127.0.0.1:\(port)")
                let text = request.lines.joined(separator: "\n") + request.body
                #expect(!text.contains(bed.key))
            }
        }
        for upstream in [primary, other, last] { await upstream.stop() }
    }
}
