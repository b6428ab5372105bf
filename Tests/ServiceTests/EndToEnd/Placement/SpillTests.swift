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
        try await GatewayBed.run { bed in
            try bed.lackCapacity()
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
    }

    @Test(
        "stays refused for every reason that is no lack of capacity",
        arguments: [
            (RefusalReason.ownQuotaTokens, 429), (.ownQuotaRequests, 429), (.ramp, 429), (.billing, 502), (.auth, 502),
            (.unknownModel, 404), (.filter, 400), (.badRequest, 400), (.tooLarge, 413), (.outage500, 500),
            (.outage502, 500), (.outage503, 503), (.outage504, 500), (.poolAdjusted, 429),
        ])
    func noGround(reason: RefusalReason, status: Int) async throws {
        try await GatewayBed.run { bed in
            try bed.fault("azure", FaultRule(.refuse(reason: reason)))
            for body in [GatewayBed.body, GatewayBed.streamBody] {
                let answer = try await bed.chat(body)
                #expect(answer.status == status)
                #expect(!answer.errorMessage.isEmpty)
                #expect(answer["x-concordat-ground"] == nil)
                if [400, 404, 413].contains(status) { #expect(answer["x-should-retry"] == "false") }
            }
            #expect(bed.arrived("aws") + bed.arrived("oracle") == 0)
            #expect(try await bed.placements(2).allSatisfy { !$0.isSpill && $0.outcome == .failed })
        }
    }

    @Test(
        "stays refused for every error inside a stream that is no lack of capacity",
        arguments: [RefusalReason.billing, .ownQuotaTokens, .filter, .outage500, .auth])
    func noGroundInStream(reason: RefusalReason) async throws {
        try await GatewayBed.run { bed in
            try bed.fault("azure", FaultRule(.error(afterEvents: 2, reason: reason)))
            let answer = try await bed.chat(GatewayBed.streamBody)
            #expect(answer.status >= 400, "nothing was visible, so the head is not out")
            #expect(bed.arrived("aws") + bed.arrived("oracle") == 0)
            #expect(try await bed.placement().outcome == .failed)
        }
    }

    @Test("leaves on a lack of capacity that a stream tells before it shows anything")
    func inStream() async throws {
        try await GatewayBed.run(.init { $0.hasReservedLane = false }) { bed in
            try bed.fault("azure", FaultRule(.error(afterEvents: 2, reason: .noCapacity)))
            let answer = try await bed.chat(GatewayBed.streamBody)
            #expect(answer.status == 200)
            #expect(answer["x-concordat-deployment"] == "aws-on-demand")
            #expect(answer.body.hasSuffix("data: [DONE]\n\n"))
            #expect(try await bed.placement().ground == "capacity")
        }
    }

    @Test("gets the primary's own words and an honest Retry-After when nothing is left")
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
        try await GatewayBed.run { bed in
            try bed.fault("azure", FaultRule(.refuse(reason: .ownQuotaTokens)))
            #expect(try await bed.chat().status == 429)
            let before = bed.arrived("azure")
            let answer = try await bed.chat()
            #expect(answer.status == 429)
            #expect(answer.errorCode == "primary_busy")
            #expect(answer["retry-after-ms"].flatMap { Int($0) }.map { (1...1_000).contains($0) } == true)
            #expect(bed.arrived("azure") == before, "the lanes are left alone while their Retry-After runs")
            #expect(try await bed.refusals(1).map(\.reason) == ["primary-busy"])
        }
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
