// SPDX-License-Identifier: Apache-2.0

import Foundation
import Gateway
import Providers
import Records
import Testing

@Suite("An upstream that misbehaves")
struct BadUpstreamTests {
    @Test("by not being there is an outage and no ground")
    func deadPort() async throws {
        let port = try await RecordingUpstream.deadPort()
        let setup = GatewayBed.Setup {
            $0.ports = ["azure": port]
            $0.hasReservedLane = false
        }
        try await GatewayBed.run(setup) { bed in
            let answer = try await bed.chat()
            #expect(answer.status == 502)
            #expect(answer.errorCode == "upstream_unavailable")
            #expect(answer["x-should-retry"] == "true")
            let placement = try await bed.placement()
            #expect(placement.outcome == .failed)
            #expect(placement.attempts.map(\.vendorCode) == [VendorCode.connectFailed.rawValue])
            #expect(bed.arrived("aws") == 0)
        }
    }

    @Test(
        "in its head is an outage, and the connection is not used again",
        arguments: [
            "", "\u{16}\u{3}\u{1}nonsense\r\n\r\n", "HTTP/1.1 abc\r\n\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n",
            "HTTP/1.1 200 OK\r\nx: " + String(repeating: "a", count: 100_000) + "\r\n\r\n",
        ])
    func malformedHead(text: String) async throws {
        let upstream = try await RecordingUpstream.start { _, number in
            number == 0 ? [.send(text), .close] : [.send(UpstreamText.answer())]
        }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let answer = try await bed.chat()
            #expect(answer.status == 502)
            #expect(answer.errorCode == "upstream_unavailable")
            try await #expect(bed.placement().attempts.map(\.signal) == [SignalClass.outage.rawValue])
            try await #expect(bed.chat().status == 200)
            #expect(upstream.connectionsOpened == 2)
            #expect(bed.arrived("aws") == 0)
        }
        await upstream.stop()
    }

    @Test("P17: in the middle of a stream that shows something ends the stream with an error, and nobody else goes on")
    func cutAfterContent() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in
            [
                .send(UpstreamText.streamHead),
                .send(UpstreamText.chunk(UpstreamText.Event.role + UpstreamText.Event.content("Good"))), .close,
            ]
        }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let answer = try await bed.chat(GatewayBed.streamBody)
            #expect(answer.status == 200)
            #expect(answer.isWhole)
            let events = answer.body.components(separatedBy: "\n\n").filter { !$0.isEmpty }
            #expect(events.count == 3)
            #expect(events.last?.contains(#""code":"upstream_interrupted""#) == true)
            #expect(!answer.body.contains("[DONE]"))
            let placement = try await bed.placement()
            #expect(placement.outcome == .failed)
            #expect(placement.usage.basis == .estimated)
            #expect(placement.usage.completion == 1)
            #expect(bed.arrived("aws") == 0)
        }
        await upstream.stop()
    }

    @Test("by an error event behind content fails the attempt, as the client sees it")
    func lateErrorEvent() async throws {
        let error =
            #"data: {"error":{"message":"The engine is overloaded.","type":"server_error","code":503}}"# + "\n\n"
        let events = [UpstreamText.Event.role, UpstreamText.Event.content("Good"), error, UpstreamText.Event.done]
        let upstream = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.stream(events))] }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let answer = try await bed.chat(GatewayBed.streamBody)
            #expect(answer.body == events.joined())
            let placement = try await bed.placement()
            #expect(placement.outcome == .failed)
            #expect(placement.attempts.count == 1)
            #expect(placement.attempts.first?.signal != SignalClass.success.rawValue)
        }
        await upstream.stop()
    }

    @Test("in the middle of a long plain answer breaks the answer off")
    func cutPlain() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in
            [
                .send("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 200000\r\n\r\n"),
                .send(String(repeating: " ", count: 100_000)), .close,
            ]
        }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let client = try await bed.connect()
            try await client.send(bed.request())
            // All that HTTP/1.1 has to say so is the end of the connection, and what was on its way may go with it.
            let received = try await client.rest()
            #expect(received.isEmpty || received.hasPrefix("HTTP/1.1 200 ") && received.utf8.count < 200_000)
            await client.close()
            try await #expect(bed.placement().outcome == .failed)
            #expect(bed.arrived("aws") == 0)
        }
        await upstream.stop()
    }

    @Test("before anything shows moves down the primary's ladder and not off it", arguments: [true, false])
    func cutBeforeContent(streams: Bool) async throws {
        let upstream = try await RecordingUpstream.start { request, _ in
            guard request.body.contains("gpt-ptu") else {
                return [.send(streams ? UpstreamText.stream(UpstreamText.goodEvents) : UpstreamText.answer())]
            }
            return streams
                ? [.send(UpstreamText.streamHead + UpstreamText.chunk(UpstreamText.Event.role)), .close]
                : [.send(String(UpstreamText.answer().dropLast(20))), .close]
        }
        try await GatewayBed.run(.init { $0.ports = ["azure": upstream.port] }) { bed in
            let answer = try await bed.chat(streams ? GatewayBed.streamBody : GatewayBed.body)
            #expect(answer.status == 200)
            #expect(answer["x-concordat-deployment"] == "azure-on-demand")
            #expect(answer.body.contains("Good"))
            #expect(answer.body.components(separatedBy: "\"role\":\"assistant\"").count == 2)
            let placement = try await bed.placement()
            #expect(placement.outcome == .served)
            #expect(placement.attempts.map(\.deployment) == ["azure-reserved", "azure-on-demand"])
        }
        await upstream.stop()
    }

    @Test("by being silent runs into the limits", arguments: ["head", "stream", "plain", "error"])
    func stall(place: String) async throws {
        let upstream = try await RecordingUpstream.start { _, _ in
            switch place {
            case "head": []
            case "stream": [.send(UpstreamText.streamHead + UpstreamText.chunk(UpstreamText.Event.role))]
            case "plain": [.send("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{")]
            default: [.send("HTTP/1.1 429 X\r\ncontent-length: 100\r\n\r\n{")]
            }
        }
        let setup = GatewayBed.Setup.primary(at: upstream) {
            $0.limits.answerMilliseconds = 200
            $0.limits.answerIdleMilliseconds = 200
        }
        try await GatewayBed.run(setup) { bed in
            let answer = try await bed.chat(place == "stream" ? GatewayBed.streamBody : GatewayBed.body)
            #expect(answer.status == 504)
            #expect(answer.errorCode == "upstream_timeout")
            try await #expect(bed.placement().attempts.map(\.signal) == [SignalClass.ours.rawValue])
            try await until("the connection is closed") { upstream.connectionsOpen == 0 }
            #expect(bed.arrived("aws") == 0)
        }
        await upstream.stop()
    }

    @Test("by being silent after something shows ends the stream with an error")
    func stallAfterContent() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in
            [.send(UpstreamText.streamHead + UpstreamText.chunk(UpstreamText.Event.content("Good")))]
        }
        try await GatewayBed.run(.primary(at: upstream) { $0.limits.answerIdleMilliseconds = 2_000 }) { bed in
            let answer = try await bed.chat(GatewayBed.streamBody)
            #expect(answer.body.contains("upstream_interrupted"))
            try await #expect(bed.placement().outcome == .failed)
        }
        await upstream.stop()
    }

    @Test("by being slow runs into the key's deadline")
    func deadline() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in [] }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let key = try await GatewayBed.makeKey(bed.application, deadlineSeconds: 1)
            let answer = try await bed.chat(key: key)
            #expect(answer.status == 504)
            #expect(answer.errorCode == "deadline_exceeded")
        }
        await upstream.stop()
    }

    @Test("by holding its content back lets what there is go out after a while")
    func holdLimit() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in
            [.send(UpstreamText.streamHead + UpstreamText.chunk(UpstreamText.Event.ping + UpstreamText.Event.role))]
        }
        try await GatewayBed.run(.primary(at: upstream) { $0.limits.holdMilliseconds = 200 }) { bed in
            let client = try await bed.connect()
            try await client.send(bed.request(GatewayBed.streamBody))
            try await client.sees("assistant")
            for event in UpstreamText.goodEvents.dropFirst() { upstream.push(UpstreamText.chunk(event)) }
            upstream.push(UpstreamText.streamEnd)
            let answer = try await client.answer()
            #expect(
                answer.body
                    == ([UpstreamText.Event.ping] + UpstreamText.goodEvents.filter { $0 != UpstreamText.Event.usage })
                    .joined())
            await client.close()
        }
        await upstream.stop()
    }

    @Test("by an event without end is ended")
    func endlessEvent() async throws {
        let piece = UpstreamText.chunk("data: " + String(repeating: "x", count: 1_000_000))
        let upstream = try await RecordingUpstream.start { _, _ in
            [.send(UpstreamText.streamHead)] + (0..<8).map { _ in .send(piece) }
        }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let answer = try await bed.chat(GatewayBed.streamBody)
            #expect(answer.status == 502 || answer.body.contains("upstream_interrupted"))
            try await until("the connection is closed") { upstream.connectionsOpen == 0 }
        }
        await upstream.stop()
    }

    @Test("in events that are no JSON is passed on as it is")
    func malformedEvents() async throws {
        let events = [
            UpstreamText.Event.role, "data: {\"id\":\"\n\n", "data:\n\n", "event: x\n\n",
            UpstreamText.Event.content("Good"),
            "data: \u{FFFD}[]\n\n", UpstreamText.Event.done,
        ]
        let upstream = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.stream(events))] }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            try await #expect(bed.chat(GatewayBed.streamBody).body == events.joined())
            let placement = try await bed.placement()
            #expect(placement.outcome == .served)
            #expect(placement.usage.basis == .estimated)
        }
        await upstream.stop()
    }

    @Test(
        "in its usage is settled by an estimate",
        arguments: [
            #""usage":null"#, #""usage":{"prompt_tokens":-7,"completion_tokens":5}"#, #""usage":{"prompt_tokens":7}"#,
            #""usage":{"prompt_tokens":1e400,"completion_tokens":5}"#, #""usage":"7""#,
            #""usage":{"prompt_tokens":99999999999999999999,"completion_tokens":5}"#, #""other":0"#,
        ])
    func unusableUsage(member: String) async throws {
        let start = try #require(UpstreamText.completion.range(of: "\"usage\""))
        let body = String(UpstreamText.completion[..<start.lowerBound]) + member + "}"
        let upstream = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.answer(200, body))] }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            try await #expect(bed.chat().body == body)
            let placement = try await bed.placement()
            #expect(placement.outcome == .served)
            #expect(placement.usage.basis == .estimated)
            #expect(placement.usage.prompt == 4)
            #expect(placement.usage.completion > 0)
        }
        await upstream.stop()
    }

    @Test("by closing a connection that was kept is asked once more, and the client sees nothing of it")
    func idleClosed() async throws {
        // The second request comes on the kept connection, which the upstream closes when it sees it.
        let upstream = try await RecordingUpstream.start { _, number in
            number == 1 ? [.close] : [.send(UpstreamText.answer())]
        }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            try await #expect(bed.chat().status == 200)
            try await #expect(bed.chat().status == 200)
            #expect(upstream.requests.map(\.connection) == [0, 0, 1])
            try await #expect(bed.placements(2).map(\.attempts.count) == [1, 1])
            await #expect(bed.routing.resent == 1, "it is counted")
            upstream.closeConnections()
            try await until("the connection is closed") { upstream.connectionsOpen == 0 }
            try await #expect(bed.chat().status == 200)
        }
        await upstream.stop()
    }

    @Test("P38: by asking to go elsewhere is not followed, and no key goes there")
    func redirect() async throws {
        let elsewhere = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.answer())] }
        let upstream = try await RecordingUpstream.start { _, _ in
            [
                .send(
                    UpstreamText.answer(
                        307, "", headers: ["location: http://127.0.0.1:\(elsewhere.port)/openai/v1/chat/completions"]))
            ]
        }
        try await GatewayBed.run(.primary(at: upstream) { $0.environment = ["KEY_AZURE": "secret"] }) { bed in
            let answer = try await bed.chat()
            #expect(answer.status == 502)
            #expect(answer["location"] == nil)
            #expect(elsewhere.connectionsOpened == 0)
        }
        await upstream.stop()
        await elsewhere.stop()
    }

    @Test("by sending more than its answer does not get it to the next client")
    func extraBytes() async throws {
        let upstream = try await RecordingUpstream.start { _, number in
            number == 0
                ? [.send(UpstreamText.answer() + UpstreamText.answer(200, "\"smuggled\""))]
                : [.send(UpstreamText.answer())]
        }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            try await #expect(bed.chat().body == UpstreamText.completion)
            try await #expect(bed.chat().body == UpstreamText.completion)
        }
        await upstream.stop()
    }

    @Test("by an error body without end costs no memory, and the rest of it is not read as an answer")
    func hugeError() async throws {
        let upstream = try await RecordingUpstream.start { _, number in
            number == 0
                ? [.send(UpstreamText.answer(500, String(repeating: "e", count: 2_000_000)))]
                : [.send(UpstreamText.answer())]
        }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let answer = try await bed.chat()
            #expect(answer.status == 502)
            #expect(answer.errorCode == "upstream_unavailable")
            try await #expect(bed.chat().status == 200)
        }
        await upstream.stop()
    }
}
