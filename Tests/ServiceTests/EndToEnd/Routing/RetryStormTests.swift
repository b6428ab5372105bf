// SPDX-License-Identifier: Apache-2.0

import Foundation
import Gateway
import Records
import Testing

@Suite("Retries when much fails")
struct RetryStormTests {
    private static let requests = 600

    /// Every cloud at one port, with an agreement that lets an outage and a lack of capacity go to any of them.
    private func setup(port: Int, spillOn: String = "{any_of: [capacity, outage]}") -> GatewayBed.Setup {
        GatewayBed.Setup {
            $0.ports = ["azure": port, "aws": port, "oracle": port]
            $0.agreements = [TestAgreement.primary(spillOn: spillOn)]
        }
    }

    /// Sends the requests, none of which is served, and sees that few attempts were further ones.
    private func expectNoStorm(_ bed: GatewayBed) async throws -> [Int: Int] {
        let start = ContinuousClock.now
        let statuses = try await bed.load(Self.requests)
        #expect(statuses[200] == nil)
        #expect(statuses.values.reduce(0, +) == Self.requests)
        try await bed.settled()
        let routing = await bed.routing
        // A tenth, one a second for the time that this took, and what was on its way before the first failures.
        let seconds = (ContinuousClock.now - start).components.seconds
        let furtherMax = UInt64(Self.requests / 10 + 30) + UInt64(seconds)
        #expect(routing.furtherAttempts <= furtherMax)
        #expect(routing.attempts <= UInt64(Self.requests) + furtherMax)
        return statuses
    }

    @Test(
        "where everything answers 503 are at most a tenth of the requests",
        arguments: ["{any_of: [capacity, declined]}", "{any_of: [capacity, outage]}"])
    func unavailable(spillOn: String) async throws {
        let upstream = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.unavailable)] }
        try await GatewayBed.run(setup(port: upstream.port, spillOn: spillOn)) { bed in
            _ = try await expectNoStorm(bed)
            let routing = await bed.routing
            #expect(upstream.requests.count == Int(routing.attempts), "the wire saw what the ledger says")
            #expect(routing.attempts >= UInt64(Self.requests), "what answers goes on being asked")
            let refused = try await bed.chat()
            #expect(refused.status == 503)
            #expect(refused["retry-after"].flatMap { Int($0) } ?? 0 >= 1)
            #expect(refused["x-should-retry"] != "false")
        }
        await upstream.stop()
    }

    @Test(
        "where nobody listens are at most a tenth of the requests",
        arguments: ["{any_of: [capacity, declined]}", "{any_of: [capacity, outage]}"])
    func refused(spillOn: String) async throws {
        try await GatewayBed.run(setup(port: RecordingUpstream.deadPort(), spillOn: spillOn)) { bed in
            _ = try await expectNoStorm(bed)
        }
    }

    @Test("where every cloud lacks capacity are few, because windows skip what asked to be left alone")
    func everybodyFull() async throws {
        let upstream = try await RecordingUpstream.start { request, _ in
            // Each dialect's own words.
            [
                .send(
                    request.lines[0].contains("/openai/")
                        ? UpstreamText.noCapacity("retry-after-ms: 400")
                        : UpstreamText.answer(
                            503,
                            #"{"error":{"code":"server_is_overloaded","type":"service_unavailable_error","message":"x"}}"#,
                            headers: ["x-amzn-errortype: ServiceUnavailableException", "x-amzn-requestid: 1"]))
            ]
        }
        try await GatewayBed.run(setup(port: upstream.port)) { bed in
            let statuses = try await expectNoStorm(bed)
            #expect(statuses[429] ?? 0 > Self.requests / 2)
        }
        await upstream.stop()
    }

    @Test("lose nothing where the primary lacks capacity and another cloud works", arguments: [1, 2])
    func spillOnly(threads: Int) async throws {
        let upstream = try await RecordingUpstream.start { request, _ in
            [.send(UpstreamText.noCapacity(request.body.contains("ptu") ? "retry-after-ms: 20" : "retry-after: 0"))]
        }
        try await GatewayBed.run(
            .init {
                $0.ports = ["azure": upstream.port]
                $0.threads = threads
                // Not even one retry is left: what is lawful needs none.
                $0.limits.routing.retryPercent = 0
                $0.limits.routing.retriesPerSecondMin = 0
            }
        ) { bed in
            try await #expect(bed.load(Self.requests, clients: 8) == [200: Self.requests])
            try await #expect(bed.placements(Self.requests).allSatisfy { $0.ground == "capacity" })
            await #expect(bed.routing.retriesRefused == 0)
        }
        await upstream.stop()
    }

    @Test("that are refused leave the client with the primary's error, and the ledger says why nothing else was tried")
    func refusedRetry() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.unavailable)] }
        try await GatewayBed.run(
            .init {
                $0.ports = ["azure": upstream.port]
                $0.limits.routing.retryPercent = 0
                $0.limits.routing.retriesPerSecondMin = 0
                $0.limits.routing.failuresMax = 1_000
            }
        ) { bed in
            for _ in 0..<2 {
                let answer = try await bed.chat()
                #expect(answer.status == 503)
                #expect(answer.errorMessage == "down")
                #expect(answer["retry-after"] == "1")
            }
            // The first one still believed in the on-demand lane.
            let placements = try await bed.placements(2)
            #expect(
                placements.map { $0.attempts.map(\.deployment) } == [
                    ["azure-reserved", "azure-on-demand"], ["azure-reserved"],
                ])
            #expect(placements[1].passedOver == [PassedOver("azure-on-demand", .budget)])
            await #expect(bed.routing.retriesRefused == 1)
            let metrics = try await bed.get("/metrics").body
            #expect(metrics.contains("concordat_retries_refused_total 1\n"))
            #expect(metrics.contains("concordat_attempts_total 3\n"))
            #expect(metrics.contains("concordat_passed_over_total{reason=\"budget\"} 1\n"))
        }
        await upstream.stop()
    }
}
