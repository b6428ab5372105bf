// SPDX-License-Identifier: Apache-2.0

import Agreement
import CloudSimulator
import Foundation
import Gateway
import Records
import Service
import Store
import Testing

@Suite("A capacity window of a running gateway")
struct CapacityWindowTests {
    @Test("is skipped while the Retry-After runs, probed afterwards, and closed by successes")
    func recovery() async throws {
        // The upstream asks for 2 s, so that the probe does not take the test's whole time.
        let refuses = Switch(true)
        let upstream = try await RecordingUpstream.start { _, _ in
            guard refuses.isOn else { return [.send(UpstreamText.answer())] }
            return [
                .send(
                    UpstreamText.answer(
                        429, #"{"error":{"code":"no_capacity","message":"busy"}}"#,
                        headers: ["retry-after-ms: 2000", "apim-request-id: 1"]))
            ]
        }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let start = ContinuousClock.now
            try await #expect(bed.chat()["x-concordat-ground"] == "capacity")
            #expect(upstream.requests.count == 1)
            try await #expect(bed.chat()["x-concordat-ground"] == "capacity")
            let isOver = ContinuousClock.now - start >= .seconds(2)
            #expect(upstream.requests.count == 1 || isOver, "the lane is left alone while its Retry-After runs")

            refuses.set(false)
            try await until("a probe goes to the primary") {
                try await bed.chat()["x-concordat-ground"] == "primary"
            }
            #expect(bed.window.state == .recovering)
            try await #expect(bed.chat()["x-concordat-ground"] == "primary")
            #expect(bed.window.state == .sufficient)

            let recovered = try await bed.entries().count { if case .laneRecovered = $0 { true } else { false } }
            #expect(recovered == 2)
            try #expect(bed.application.node.tables.windows(limit: 10).map { $0.closed != nil } == [true])
        }
        await upstream.stop()
    }

    @Test("opens again when the probe is refused, and the request goes on elsewhere")
    func failedProbe() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in
            [
                .send(
                    UpstreamText.answer(
                        429, #"{"error":{"code":"no_capacity","message":"busy"}}"#,
                        headers: ["retry-after-ms: 100", "apim-request-id: 1"]))
            ]
        }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            try await until("two probes were made") {
                try await #expect(bed.chat()["x-concordat-ground"] == "capacity")
                return upstream.requests.count >= 3
            }
            #expect(bed.window.state == .constrained)
        }
        await upstream.stop()
    }

    @Test("sends one request at a time to a lane that recovers, the others where the evidence lets them go")
    func oneProbe() async throws {
        let refuses = Switch(true)
        let upstream = try await RecordingUpstream.start { _, _ in
            guard refuses.isOn else { return [] }
            return [
                .send(
                    UpstreamText.answer(
                        429, #"{"error":{"code":"no_capacity","message":"busy"}}"#,
                        headers: ["retry-after-ms: 1", "apim-request-id: 1"]))
            ]
        }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            try await #expect(bed.chat()["x-concordat-ground"] == "capacity")
            refuses.set(false)
            let probe = try await bed.connect()
            try await probe.send(bed.request())
            try await until("the probe is with the primary") { upstream.requests.count == 2 }
            for _ in 0..<5 { try await #expect(bed.chat()["x-concordat-ground"] == "capacity") }
            #expect(upstream.requests.count == 2)
            upstream.push(UpstreamText.answer())
            try await #expect(probe.answer()["x-concordat-ground"] == "primary")
            await probe.close()
        }
        await upstream.stop()
    }
}

extension GatewayBed {
    /// The window of the primary's on-demand lane.
    var window: CapacityWindow {
        let facts = application.node.book.snapshot.facts
        let lanes = facts.configuration.deployments.lanes
        let lane = lanes.firstIndex { $0.cloud == "azure" && $0.lane == .onDemand } ?? 0
        return facts.windows[lane]
    }
}
