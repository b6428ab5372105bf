// SPDX-License-Identifier: Apache-2.0

import Agreement
import CloudSimulator
import Providers
import Records
import Testing

@Suite("A request that the primary can't serve")
struct SpillTests {
    @Test("goes down the primary's ladder and no further while a lane of it serves", arguments: [false, true])
    func ladder(streams: Bool) async throws {
        try await GatewayBed.run { bed in
            try bed.fault("azure", FaultRule(.refuse(reason: .reservedFull), lane: "gpt-ptu"))
            let answer = try await bed.chat(streams ? GatewayBed.streamBody : GatewayBed.body)
            #expect(answer.status == 200)
            #expect(answer["x-concordat-deployment"] == "azure-on-demand")
            #expect(answer["x-concordat-ground"] == "primary")
            let placement = try await bed.placement()
            #expect(placement.attempts.map(\.deployment) == ["azure-reserved", "azure-on-demand"])
            #expect(placement.attempts.map(\.signal) == [SignalClass.reservedFull.rawValue, 0])
            #expect(!placement.isSpill)
            #expect(bed.arrived("aws") + bed.arrived("oracle") == 0)
        }
    }

    @Test("leaves it on no capacity, with ground, clause and evidence in the ledger", arguments: [false, true])
    func spill(streams: Bool) async throws {
        let upstream = try await RecordingUpstream.start { request, _ in
            let code = request.body.contains("gpt-ptu") ? "429" : "no_capacity"
            return [
                .send(
                    UpstreamText.answer(
                        429, #"{"error":{"code":"\#(code)","message":"busy"}}"#,
                        headers: ["retry-after: 60", "apim-request-id: 1"]))
            ]
        }
        try await GatewayBed.run(.init { $0.ports = ["azure": upstream.port] }) { bed in
            let first = try await bed.chat(streams ? GatewayBed.streamBody : GatewayBed.body)
            #expect(first.status == 200)
            #expect(first["x-concordat-deployment"] == "aws-on-demand")
            #expect(first["x-concordat-ground"] == "capacity")
            let second = try await bed.chat()
            #expect(second["x-concordat-ground"] == "capacity")

            let placements = try await bed.placements(2)
            for placement in placements {
                #expect(placement.isSpill)
                #expect(placement.ground == "capacity")
                #expect(placement.clause == "deal/primary")
                #expect(placement.outcome == .served)
            }
            let refusals = try await bed.entries().compactMap { entry -> LaneRefusedEntry? in
                if case .laneRefused(let refused) = entry { refused } else { nil }
            }
            // By its own signals the first, by the window that they opened the second.
            let evidence = try #require(refusals.first { $0.refusal.signal == .noCapacity })
            #expect(evidence.refusal.request == first["x-concordat-decision"])
            #expect(evidence.refusal.lane.lane == .onDemand)
            #expect(placements[1].evidence == evidence.revision)
            #expect(placements[0].attempts.map(\.deployment) == ["azure-reserved", "azure-on-demand", "aws-on-demand"])
            #expect(placements[1].attempts.map(\.deployment) == ["aws-on-demand"])
        }
        await upstream.stop()
    }

    @Test(
        "stays refused for every reason that is no lack of capacity",
        arguments: [
            (RefusalReason.ownQuotaTokens, 429), (.ownQuotaRequests, 429), (.ramp, 429), (.billing, 502), (.auth, 502),
            (.unknownModel, 404), (.filter, 400), (.badRequest, 400), (.tooLarge, 413), (.outage500, 500),
            (.outage502, 502), (.outage503, 503), (.outage504, 502), (.poolAdjusted, 429),
        ])
    func noGround(reason: RefusalReason, status: Int) async throws {
        try await GatewayBed.run { bed in
            try bed.fault("azure", FaultRule(.refuse(reason: reason)))
            for body in [GatewayBed.body, GatewayBed.streamBody] {
                let answer = try await bed.chat(body)
                #expect(answer.status == status)
                #expect(answer.body.hasPrefix("{\"error\":"))
                #expect(answer["x-concordat-ground"] == nil)
                if [400, 404].contains(status) { #expect(answer["x-should-retry"] == "false") }
            }
            #expect(bed.arrived("aws") + bed.arrived("oracle") == 0)
            // The second may find the lanes resting.
            try await #expect(bed.placements(1).allSatisfy { !$0.isSpill && $0.outcome == .failed })
        }
    }

    @Test(
        "P4: stays refused for every error inside a stream that is no lack of capacity",
        arguments: [RefusalReason.billing, .ownQuotaTokens, .filter, .outage500, .auth])
    func noGroundInStream(reason: RefusalReason) async throws {
        try await GatewayBed.run { bed in
            try bed.fault("azure", FaultRule(.error(afterEvents: 2, reason: reason)))
            let answer = try await bed.chat(GatewayBed.streamBody)
            #expect(answer.status >= 400, "nothing was visible, so the head is not out")
            #expect(bed.arrived("aws") + bed.arrived("oracle") == 0)
            try await #expect(bed.placement().outcome == .failed)
        }
    }

    @Test("P4: leaves on a lack of capacity that a stream tells before it shows anything")
    func inStream() async throws {
        try await GatewayBed.run(.init { $0.hasReservedLane = false }) { bed in
            try bed.fault("azure", FaultRule(.error(afterEvents: 2, reason: .noCapacity)))
            let answer = try await bed.chat(GatewayBed.streamBody)
            #expect(answer.status == 200)
            #expect(answer["x-concordat-deployment"] == "aws-on-demand")
            #expect(answer.body.hasSuffix("data: [DONE]\n\n"))
            try await #expect(bed.placement().ground == "capacity")
        }
    }

    @Test("P14: gets the primary's own words and an honest Retry-After when nothing is left")
    func exhausted() async throws {
        try await GatewayBed.run { bed in
            try bed.lackCapacity()
            try bed.fault("aws", FaultRule(.refuse(reason: .outage503)))
            try bed.fault("oracle", FaultRule(.closeAtHead))
            let answer = try await bed.chat()
            #expect(answer.status == 429)
            #expect(answer.errorCode == "no_capacity")
            let wait = try #require(answer["retry-after-ms"].flatMap { Int($0) })
            #expect((1...1_000).contains(wait))
            #expect(answer["retry-after"] == "1")
            #expect(answer["x-should-retry"] != "false")
            let placement = try await bed.placement()
            #expect(placement.outcome == .failed)
            #expect(
                placement.attempts.map(\.deployment)
                    == ["azure-reserved", "azure-on-demand", "aws-on-demand", "oracle-on-demand"])
        }
    }

    @Test("is told when to come back while the primary's lanes rest and no ground holds")
    func primaryBusy() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in
            [
                .send(
                    UpstreamText.answer(
                        429, #"{"error":{"code":"RateLimitReached","message":"quota"}}"#, headers: ["retry-after: 60"]))
            ]
        }
        try await GatewayBed.run(.init { $0.ports = ["azure": upstream.port] }) { bed in
            try await #expect(bed.chat().status == 429)
            #expect(upstream.requests.count == 2)
            let answer = try await bed.chat()
            #expect(answer.status == 429)
            #expect(answer.errorCode == "primary_busy")
            let wait = try #require(answer["retry-after-ms"].flatMap { Int($0) })
            #expect((50_000...60_000).contains(wait))
            #expect(answer["retry-after"] == "\((wait + 999) / 1_000)")
            #expect(upstream.requests.count == 2, "the lanes are left alone while their Retry-After runs")
            try await #expect(bed.refusals(1).map(\.reason) == ["primary-busy"])
        }
        await upstream.stop()
    }
}

extension GatewayBed {
    /// Fills the primary's reserved lane and takes away the capacity of its last one.
    func lackCapacity() throws {
        try fault(
            "azure", FaultRule(.refuse(reason: .reservedFull), lane: "gpt-ptu"),
            FaultRule(.refuse(reason: .noCapacity), lane: "gpt"))
    }
}
