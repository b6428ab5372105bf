// SPDX-License-Identifier: Apache-2.0

import Foundation
import Gateway
import Providers
import Records
import Testing

@Suite("A slow upstream")
struct GuardTests {
    /// Answers from the on-demand lane, and with these steps from the reserved one.
    private func upstream(_ slow: [RecordingUpstream.Step]) async throws -> RecordingUpstream {
        try await RecordingUpstream.start { request, _ in
            guard request.body.contains("ptu") else {
                let streams = request.body.contains("\"stream\":true")
                return [.send(streams ? UpstreamText.stream(UpstreamText.goodEvents) : UpstreamText.answer())]
            }
            return slow
        }
    }

    @Test(
        "P18: that shows no token in time is left for the next deployment",
        arguments: ["silent", "head alone", "no content"])
    func firstToken(kind: String) async throws {
        let steps: [RecordingUpstream.Step] =
            switch kind {
            case "silent": []
            case "head alone": [.send(UpstreamText.streamHead)]
            default: [.send(UpstreamText.streamHead + UpstreamText.chunk(UpstreamText.Event.role))]
            }
        let upstream = try await upstream(steps)
        let setup = GatewayBed.Setup {
            $0.ports = ["azure": upstream.port]
            // Long enough for the next deployment, also where the machine has other things to do.
            $0.limits.routing.firstTokenMilliseconds = 2_000
        }
        try await GatewayBed.run(setup) { bed in
            let answer = try await bed.chat(GatewayBed.streamBody)
            #expect(answer.status == 200)
            #expect(answer["x-concordat-deployment"] == "azure-on-demand")
            #expect(answer.body.components(separatedBy: "\"role\":\"assistant\"").count == 2)
            let placement = try await bed.placement()
            #expect(placement.attempts.map(\.vendorCode) == [VendorCode.timeout.rawValue, 0])
            #expect(placement.attempts.map(\.signal) == [SignalClass.ours.rawValue, 0], "and that is no ground")
            #expect(bed.arrived("aws") == 0)
        }
        await upstream.stop()
    }

    @Test("P18: that is slow again and again goes behind another of its tier, and the ledger says so")
    func slowDeployment() async throws {
        let slow = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.streamHead)] }
        let twin = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.stream(UpstreamText.goodEvents))] }
        try await GatewayBed.run(.primary(at: slow) { $0.twin = twin.port }) { bed in
            async let streams = bed.load(3, clients: 3, body: GatewayBed.streamBody)
            try await until("three streams are under way") { slow.requests.count == 3 }
            let start = ContinuousClock.now
            try await until("they are slow by any measure") { ContinuousClock.now - start > .milliseconds(2_100) }
            let events = Array(repeating: UpstreamText.Event.content("x"), count: 20) + [UpstreamText.Event.finish]
            slow.push(
                (events + [UpstreamText.Event.done]).map { UpstreamText.chunk($0) }.joined() + UpstreamText.streamEnd)
            try await #expect(streams == [200: 3])
            #expect(twin.requests.isEmpty)

            let answer = try await bed.chat(GatewayBed.streamBody)
            #expect(answer["x-concordat-deployment"] == "azure-twin")
            let placement = try #require(try await bed.placements(4).last)
            #expect(placement.passedOver == [PassedOver("azure-on-demand", .slow)])
            #expect(placement.ground == "primary" && !placement.isSpill)
        }
        await slow.stop()
        await twin.stop()
    }

    @Test("is final once the hold is over, and then gets its time")
    func hold() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in
            [.send(UpstreamText.streamHead + UpstreamText.chunk(UpstreamText.Event.role))]
        }
        let setup = GatewayBed.Setup.primary(at: upstream) {
            $0.limits.holdMilliseconds = 50
            $0.limits.routing.firstTokenMilliseconds = 3_000
        }
        try await GatewayBed.run(setup) { bed in
            let client = try await bed.connect()
            try await client.send(bed.request(GatewayBed.streamBody))
            let start = ContinuousClock.now
            try await client.sees("assistant")
            // Whatever the clock says, two ticks after the limit the stream still stands.
            try await until("the limit is over") { ContinuousClock.now - start > .milliseconds(3_600) }
            for event in UpstreamText.goodEvents.dropFirst() { upstream.push(UpstreamText.chunk(event)) }
            upstream.push(UpstreamText.streamEnd)
            try await #expect(client.answer().body.hasSuffix("data: [DONE]\n\n"))
            await client.close()
            #expect(upstream.requests.count == 1)
        }
        await upstream.stop()
    }

    @Test("that trickles an answer which is still held back is left for the next deployment")
    func trickle() async throws {
        let upstream = try await upstream([.send("HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n{")])
        let setup = GatewayBed.Setup {
            $0.ports = ["azure": upstream.port]
            $0.limits.routing.answerBytesPerSecondMin = 1_000
            $0.limits.routing.rateWindowMilliseconds = 1_000
        }
        try await GatewayBed.run(setup) { bed in
            let answer = try await bed.chat()
            #expect(answer.status == 200)
            #expect(answer["x-concordat-deployment"] == "azure-on-demand")
        }
        await upstream.stop()
    }

    @Test(
        "P17: that has shown a token is never left, and broken off only where a rate is demanded", arguments: [0, 50])
    func afterCommit(perSecond: Int) async throws {
        let upstream = try await upstream(
            [.send(UpstreamText.streamHead + UpstreamText.chunk(UpstreamText.Event.content("Good")))])
        let setup = GatewayBed.Setup {
            $0.ports = ["azure": upstream.port]
            $0.limits.routing.streamEventsPerSecondMin = perSecond
            $0.limits.routing.rateWindowMilliseconds = 1_000
            $0.limits.routing.firstTokenMilliseconds = 2_000
        }
        try await GatewayBed.run(setup) { bed in
            let client = try await bed.connect()
            try await client.send(bed.request(GatewayBed.streamBody))
            try await client.sees("Good")
            if perSecond == 0 {
                let start = ContinuousClock.now
                try await until("the windows are over") { ContinuousClock.now - start > .milliseconds(3_200) }
                for event in [UpstreamText.Event.finish, UpstreamText.Event.done] {
                    upstream.push(UpstreamText.chunk(event))
                }
                upstream.push(UpstreamText.streamEnd)
            }
            let body = try await client.answer().body
            #expect(body.contains("upstream_interrupted") == (perSecond > 0))
            await client.close()
            let placement = try await bed.placement()
            #expect(placement.attempts.map(\.deployment) == ["azure-reserved"])
            #expect(placement.outcome == (perSecond > 0 ? .failed : .served))
        }
        await upstream.stop()
    }
}
