// SPDX-License-Identifier: Apache-2.0

import CloudSimulator
import Foundation
import Gateway
import Providers
import Records
import Testing

@Suite("An operation besides chat")
struct OperationRelayTests {
    @Test(
        "is relayed byte for byte but for the model, and its usage settled",
        arguments: [
            ("/v1/responses", #"{"store":false,"model":"gpt","x":{"y":1.0}}"#, OperationText.response(), 9, 3),
            ("/v1/embeddings", #"{"input":["a","b"],"model":"gpt"}"#, OperationText.embedding, 6, 0),
            ("/v1/completions", #"{"prompt":"a","model":"gpt"}"#, OperationText.completion, 7, 5),
        ] as [(String, String, String, UInt64, UInt64)])
    func plain(path: String, body: String, answer: String, prompt: UInt64, completion: UInt64) async throws {
        let upstream = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.answer(200, answer))] }
        try await GatewayBed.run(.init { $0.ports = ["azure": upstream.port] }) { bed in
            let got = try await bed.post(path, body)
            #expect(got.status == 200)
            #expect(got.body == answer)
            #expect(got["x-concordat-deployment"] == "azure-reserved")
            let request = try #require(upstream.requests.first)
            #expect(request.lines.first == "POST /openai\(path) HTTP/1.1")
            #expect(request.body == body.replacing(#""gpt""#, with: #""gpt-ptu""#))
            let placement = try await bed.placement()
            #expect(placement.usage.basis == .reported)
            #expect(placement.usage.prompt == prompt)
            #expect(placement.usage.completion == completion)
        }
        await upstream.stop()
    }

    @Test("streams a response event by event, with all of its usage")
    func stream() async throws {
        let events = OperationText.created + OperationText.item + OperationText.delta + OperationText.completed
        let upstream = try await RecordingUpstream.start { _, _ in
            [
                .send(
                    OperationText.stream(
                        OperationText.created, OperationText.item, OperationText.delta, OperationText.completed))
            ]
        }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let answer = try await bed.post("/v1/responses", OperationText.responseStreamBody)
            #expect(answer.status == 200)
            #expect(answer["content-type"] == "text/event-stream")
            #expect(answer.body == events)
            #expect(upstream.requests.map(\.body) == [OperationText.responseStreamBody])
            let usage = try await bed.placement().usage
            #expect([usage.prompt, usage.completion, usage.cached, usage.reasoning] == [9, 3, 4, 2])
            #expect(usage.basis == .reported)
        }
        await upstream.stop()
    }

    @Test(
        "P4: in a stream that has shown nothing moves on for a lack of capacity, and not for a lack of money",
        arguments: [("no_capacity", "aws-on-demand"), ("insufficient_quota", nil)] as [(String, String?)])
    func errorInStream(code: String, served: String?) async throws {
        let error = OperationText.event(
            "error", #""code":"\#(code)","message":"busy","param":null,"sequence_number":1"#)
        let upstream = try await RecordingUpstream.start { _, _ in
            [.send(OperationText.stream(OperationText.created, OperationText.item, error))]
        }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let answer = try await bed.post("/v1/responses", OperationText.responseStreamBody)
            #expect(answer["x-concordat-deployment"] == served)
            #expect(answer.status == (served == nil ? 502 : 200))
            let placement = try await bed.placement()
            #expect(placement.isSpill == (served != nil))
            #expect(bed.arrived("aws") == (served == nil ? 0 : 1))
            if served != nil {
                #expect(!answer.body.contains("resp_s"))
                #expect(
                    answer.body.contains("event: response.incomplete") || answer.body.contains("response.completed"))
                #expect(placement.ground == "capacity")
            } else {
                #expect(answer.errorCode == "upstream_account")
                #expect(placement.attempts.map(\.signal) == [SignalClass.billing.rawValue])
            }
        }
        await upstream.stop()
    }

    @Test("that failed with the status 200 moves on as well, unless the request is at fault")
    func failedResponse() async throws {
        @Sendable func failed(_ code: String) -> String {
            #"{"id":"r","status":"failed","output":[],"error":{"code":"\#(code)","message":"m"},"usage":null}"#
        }
        let upstream = try await RecordingUpstream.start { request, _ in
            if request.body.contains("gpt-ptu") { return [.send(UpstreamText.answer(200, failed("server_error")))] }
            return [.send(UpstreamText.answer(200, failed("invalid_prompt")))]
        }
        try await GatewayBed.run(.init { $0.ports = ["azure": upstream.port] }) { bed in
            let answer = try await bed.post("/v1/responses", OperationText.responseBody)
            #expect(answer.status == 200)
            #expect(answer.body == failed("invalid_prompt"))
            let placement = try await bed.placement()
            #expect(placement.attempts.map(\.deployment) == ["azure-reserved", "azure-on-demand"])
            #expect(bed.arrived("aws") == 0)
        }
        await upstream.stop()
    }

    @Test("P21: that is cut after content ends with the error event of its dialect, and is settled")
    func cut() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in
            let events = OperationText.created + OperationText.item + OperationText.delta
            return [.send(UpstreamText.streamHead), .send(UpstreamText.chunk(events)), .close]
        }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let answer = try await bed.post("/v1/responses", OperationText.responseStreamBody)
            #expect(answer.status == 200)
            #expect(answer.isWhole)
            let events = answer.body.components(separatedBy: "\n\n").filter { !$0.isEmpty }
            #expect(events.count == 4)
            let last = try #require(events.last)
            #expect(
                last.hasPrefix(
                    #"event: error"# + "\n" + #"data: {"type":"error","#
                        + #""code":"upstream_interrupted","#))
            #expect(last.hasSuffix(#""param":null,"sequence_number":3}"#))
            let placement = try await bed.placement()
            #expect(placement.outcome == .failed)
            #expect(placement.usage.basis == .estimated)
            #expect(placement.usage.completion == 1)
            #expect(bed.arrived("aws") == 0)
        }
        await upstream.stop()
    }

    @Test("P24: that fails behind content is passed on as it is, and settled with the usage that it tells")
    func lateFailure() async throws {
        let failed = OperationText.event(
            "response.failed",
            #""sequence_number":3,"response":{"id":"resp_s","status":"failed","error":{"code":"server_error","#
                + #""message":"m"},"usage":\#(OperationText.usage)}"#)
        let upstream = try await RecordingUpstream.start { _, _ in
            [.send(OperationText.stream(OperationText.created, OperationText.delta, failed))]
        }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let answer = try await bed.post("/v1/responses", OperationText.responseStreamBody)
            #expect(answer.body == OperationText.created + OperationText.delta + failed)
            let placement = try await bed.placement()
            #expect(placement.outcome == .failed)
            #expect(placement.usage.basis == .reported)
            #expect(placement.usage.completion == 3)
        }
        await upstream.stop()
    }

    @Test(
        "P22: with an answer of many MiB is settled with the usage that stands at its end",
        arguments: [true, false])
    func largeEmbeddings(hasUsage: Bool) async throws {
        let vector = "[" + String(repeating: "-0.0123456789,", count: 8_000) + "0]"
        let rows = (0..<90).map { #"{"object":"embedding","index":\#($0),"embedding":\#(vector)}"# }
        let usage = hasUsage ? #","usage":{"prompt_tokens":77,"total_tokens":77}"# : ""
        let body = #"{"object":"list","data":[\#(rows.joined(separator: ","))],"model":"up"\#(usage)}"#
        try #require(body.utf8.count > 9 * 1_024 * 1_024)
        let upstream = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.answer(200, body))] }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let client = try await bed.connect()
            try await client.send(
                bed.request(
                    #"{"model":"gpt","#
                        + #""input":"12345678"}"#, headers: ["connection: close"], path: "/v1/embeddings"))
            let received = try await client.rest()
            #expect(received.hasSuffix(body.suffix(2_000)))
            let settled = try await bed.placement().usage
            #expect(settled.basis == (hasUsage ? .reported : .estimated))
            #expect(settled.prompt == (hasUsage ? 77 : 2))
            #expect(settled.completion == 0)
            await client.close()
        }
        await upstream.stop()
    }

    @Test("P2: is not offered a deployment that does not serve it, however full the primary is")
    func notServed() async throws {
        try await GatewayBed.run(.init { $0.clouds = ["azure", "aws"] }) { bed in
            // Bedrock has no embeddings.
            try bed.fault("azure", FaultRule(.refuse(reason: .noCapacity)))
            let answer = try await bed.post("/v1/embeddings", #"{"model":"gpt","input":"x"}"#)
            #expect(answer.status == 429)
            #expect(bed.arrived("aws") == 0)
            #expect(try await bed.placement().attempts.allSatisfy { $0.cloud == "azure" })
        }
    }

    @Test("that no deployment of the primary serves is refused by name and no ground to leave it")
    func primaryLacksIt() async throws {
        let setup = GatewayBed.Setup {
            $0.clouds = ["aws"]
            $0.agreements = [TestAgreement.primary(cloud: "aws", spillOn: "{any_of: [capacity]}")]
        }
        try await GatewayBed.run(setup) { bed in
            let answer = try await bed.post("/v1/embeddings", #"{"model":"gpt","input":"x"}"#)
            #expect(answer.status == 404)
            #expect(answer.errorMessage.contains("embeddings") || answer.errorCode == "primary_not_configured")
            #expect(bed.arrived("aws") == 0)
            try await #expect(bed.refusals(1).count == 1)
        }
    }

    @Test("that would be fetched later is refused before any cloud hears of it")
    func background() async throws {
        try await GatewayBed.run { bed in
            let answer = try await bed.post("/v1/responses", #"{"model":"gpt","input":"x","background":true}"#)
            #expect(answer.status == 400)
            #expect(answer.errorCode == "invalid_value")
            #expect(answer.errorMessage.contains("background"))
            #expect(bed.arrived("azure") == 0)
        }
    }

    @Test("is served by the simulated clouds, streamed and not", arguments: [true, false])
    func simulated(streams: Bool) async throws {
        let stream = streams ? #","stream":true"# : ""
        try await GatewayBed.run { bed in
            let response = try await bed.post(
                "/v1/responses", #"{"model":"gpt","max_output_tokens":6,"input":"Good day"\#(stream)}"#)
            #expect(response.status == 200)
            #expect(response.body.contains("max_output_tokens"))
            let completion = try await bed.post(
                "/v1/completions", #"{"model":"gpt","max_tokens":7,"prompt":"Good day"\#(stream)}"#)
            #expect(completion.status == 200)
            #expect(completion.body.contains("[DONE]") == streams)
            #expect(!streams || !completion.body.contains(#""usage":{"#))
            let usages = try await bed.placements(2).map(\.usage)
            #expect(usages.map(\.completion) == [6, 7])
            #expect(usages.map(\.prompt) == [2, 2])
            #expect(usages.allSatisfy { $0.basis == .reported })
        }
    }
}
