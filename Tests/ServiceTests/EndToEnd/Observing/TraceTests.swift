// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("A trace through the gateway")
struct TraceTests {
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"

    @Test("goes on with a span of its own for each attempt; baggage, cookies and bad contexts stay behind")
    func passed() async throws {
        let upstream = try await RecordingUpstream.start { _, number in
            number == 0
                ? [.send(UpstreamText.answer(429, #"{"error":{"message":"m","code":"no_capacity"}}"#))]
                : [.send(UpstreamText.answer())]
        }
        let setup = GatewayBed.Setup {
            $0.ports = ["azure": upstream.port, "aws": upstream.port]
        }
        try await GatewayBed.run(setup) { bed in
            let answer = try await bed.chat(headers: [
                "traceparent: 00-\(Self.trace)-00f067aa0ba902b7-01", "tracestate: vendor=1",
                "baggage: user=canary-5e1", "cookie: s=canary-5e1",
            ])
            #expect(answer.status == 200)
            _ = try await bed.chat()
            _ = try await bed.chat(headers: ["traceparent: 00-\(Self.trace)-0000000000000000-01", "tracestate: a=1"])
            let requests = upstream.requests
            #expect(requests.count >= 4)
            let traced = requests.filter { $0["traceparent"] != nil }
            #expect(traced.count == requests.count - 2)
            let spans = traced.compactMap { $0["traceparent"]?.split(separator: "-")[2] }
            #expect(Set(spans).count == spans.count)
            #expect(!spans.contains("00f067aa0ba902b7"))
            for request in traced {
                #expect(request["traceparent"]?.hasPrefix("00-\(Self.trace)-") == true)
                #expect(request["traceparent"]?.hasSuffix("-01") == true)
                #expect(request["tracestate"] == "vendor=1")
            }
            for request in requests {
                #expect(request["baggage"] == nil)
                #expect(!"\(request)".contains("canary-5e1"))
                #expect(request.body.hasSuffix("}"))
            }
            // Where the client sends no trace, there is none.
            #expect(requests.suffix(2).allSatisfy { $0["traceparent"] == nil && $0["tracestate"] == nil })
        }
        await upstream.stop()
    }
}
