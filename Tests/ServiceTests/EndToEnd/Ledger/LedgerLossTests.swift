// SPDX-License-Identifier: Apache-2.0

import Agreement
import CloudSimulator
import Gateway
import NIOCore
import Records
import Service
import Store
import Testing

@Suite("A gateway whose ledger can't be written")
struct LedgerLossTests {
    @Test("P29: serves from the primary, leaves it for nothing, and writes the gap down afterwards")
    func servesPrimary() async throws {
        let calls = FailingFileCalls()
        try await GatewayBed.run(
            .init {
                $0.calls = calls
                $0.countsInAndOut = false
            }
        ) { bed in
            try await #expect(bed.chat().status == 200)
            try await bed.lose(calls)
            let answer = try await bed.chat()
            #expect(answer.status == 200)
            #expect(answer["x-concordat-ground"] == "primary")
            try await #expect(bed.get("/readyz").body == "ready, ledger unavailable\n")
            try await #expect(bed.get("/metrics").body.contains("concordat_ledger_available 0\n"))

            try bed.lackCapacity()
            let refused = try await bed.chat()
            #expect(refused.status == 429)
            #expect(refused["retry-after"] != nil)
            #expect(bed.arrived("aws") + bed.arrived("oracle") == 0)

            calls.setFull(false)
            try await until("the ledger can be written again") { bed.application.node.log.isAvailable }
            let gap = try #require(
                try await bed.entries().compactMap { if case .gap(let gap) = $0 { gap } else { nil } }.first)
            // Those two, and the one that found out.
            #expect((2...3).contains(gap.requests))
            #expect(gap.completionTokens >= 5)
            #expect(gap.cause == 28)
            try await #expect(bed.chat()["x-concordat-ground"] == "capacity")
            #expect(bed.logs.lines.contains { $0.contains("can't be written") })
        }
    }

    @Test("refuses everything where it is told to")
    func refuses() async throws {
        let calls = FailingFileCalls()
        let setup = GatewayBed.Setup {
            $0.calls = calls
            $0.onLedgerLoss = .refuse
            $0.countsInAndOut = false
        }
        try await GatewayBed.run(setup) { bed in
            try await bed.lose(calls)
            let before = bed.arrived("azure")
            let answer = try await bed.chat()
            #expect(answer.status == 503)
            #expect(answer.errorCode == "ledger_unavailable")
            #expect(answer["retry-after"] == "1")
            #expect(bed.arrived("azure") == before)
            try await #expect(bed.get("/v1/models").status == 401, "no outage of ours is a 401, and no 401 an outage")
            calls.setFull(false)
            try await until("the ledger can be written again") { bed.application.node.log.isAvailable }
            try await #expect(bed.chat().status == 200)
        }
    }

    @Test("does not keep an answer back whose decision was lost while the upstream worked")
    func lostWhileWaiting() async throws {
        let calls = FailingFileCalls()
        let upstream = try await RecordingUpstream.start { _, _ in [] }
        let setup = GatewayBed.Setup.primary(at: upstream) {
            $0.calls = calls
            $0.countsInAndOut = false
        }
        try await GatewayBed.run(setup) { bed in
            calls.setStill(true)
            let client = try await bed.connect()
            try await client.send(bed.request())
            try await until("the upstream has the request") { upstream.requests.count == 1 }
            calls.setFull(true)
            calls.setStill(false)
            try await until("the ledger is lost") { !bed.application.node.log.isAvailable }
            try await #expect(bed.get("/healthz").status == 200)
            upstream.push(UpstreamText.answer())
            try await #expect(client.answer().status == 200)
            await client.close()
            calls.setFull(false)
            try await until("the ledger can be written again") { bed.application.node.log.isAvailable }
        }
        await upstream.stop()
    }

    @Test("does not lose a decision and write its placement")
    func lostWhileServing() async throws {
        let calls = FailingFileCalls()
        let upstream = try await RecordingUpstream.start { _, _ in [] }
        let setup = GatewayBed.Setup.primary(at: upstream) {
            $0.calls = calls
            $0.countsInAndOut = false
        }
        // The audit afterwards finds placements without a decision.
        try await GatewayBed.run(setup) { bed in
            calls.setStill(true)
            let client = try await bed.connect()
            try await client.send(bed.request())
            try await until("the upstream has the request") { upstream.requests.count == 1 }
            calls.setFull(true)
            calls.setStill(false)
            try await until("the ledger is lost") { !bed.application.node.log.isAvailable }
            calls.setFull(false)
            try await until("the ledger can be written again") { bed.application.node.log.isAvailable }
            upstream.push(UpstreamText.answer())
            try await #expect(client.answer().status == 200)
            await client.close()
            // It ended after the gap entry, and is counted in another one.
            try await until("the request is counted") {
                try await bed.entries().reduce(0) { if case .gap(let gap) = $1 { $0 + gap.requests } else { $0 } } == 1
            }
        }
        await upstream.stop()
    }

    @Test("does not rely afterwards on evidence that was lost")
    func lostEvidence() async throws {
        let calls = FailingFileCalls()
        let setup = GatewayBed.Setup {
            $0.calls = calls
            $0.countsInAndOut = false
            $0.hasReservedLane = false
        }
        // The audit afterwards decides everything again from what is in the log.
        try await GatewayBed.run(setup) { bed in
            try bed.fault("azure", FaultRule(.refuse(reason: .noCapacity), lane: "gpt", requests: 1))
            calls.setStill(true)
            let client = try await bed.connect()
            try await client.send(bed.request())
            try await until("the window is open") { bed.window.state == .constrained }
            calls.setFull(true)
            calls.setStill(false)
            try await until("the ledger is lost") { !bed.application.node.log.isAvailable }
            // It was on its way to another cloud, which nobody could prove.
            try await #expect(client.answer().status == 429)
            #expect(bed.arrived("aws") == 0)
            await client.close()
            calls.setFull(false)
            try await until("the ledger can be written again") { bed.application.node.log.isAvailable }
            let answer = try await bed.chat()
            #expect(answer.status == 200)
            #expect(answer["x-concordat-ground"] == "primary")
            #expect(bed.window.state == .sufficient)
        }
    }

    @Test("does not act on an order that it could not write down")
    func lostOrder() async throws {
        let calls = FailingFileCalls()
        let setup = GatewayBed.Setup {
            $0.calls = calls
            $0.countsInAndOut = false
        }
        try await GatewayBed.run(setup) { bed in
            let order = EvidenceOrder(bed.override(to: "aws"), by: "ann", party: "acme", second: "bob")
            calls.setFull(true)
            await #expect(throws: ServiceError.self) { try await bed.order(.record(order)) }
            await #expect(throws: ServiceError.self) { try await bed.order(.record(order)) }
            calls.setFull(false)
            try await until("the ledger can be written again") { bed.application.node.log.isAvailable }
            try await #expect(bed.chat()["x-concordat-ground"] == "primary")
            #expect(bed.application.node.book.snapshot.people.isEmpty)
        }
    }

    @Test("frees the permit of a probe that did not go out")
    func permit() async throws {
        let calls = FailingFileCalls()
        let refuses = Switch(true)
        let other = try await RecordingUpstream.start { _, _ in
            guard refuses.isOn else { return [.send(UpstreamText.answer())] }
            return [
                .send(
                    UpstreamText.answer(
                        429, #"{"error":{"code":"server_is_overloaded","message":"busy"}}"#,
                        headers: ["retry-after-ms: 1"]))
            ]
        }
        let setup = GatewayBed.Setup {
            $0.ports = ["aws": other.port]
            $0.clouds = ["azure", "aws"]
            $0.hasReservedLane = false
            $0.calls = calls
            $0.countsInAndOut = false
        }
        try await GatewayBed.run(setup) { bed in
            // Both lanes are constrained; the next request to the other cloud is its probe.
            try bed.fault("azure", FaultRule(.refuse(reason: .noCapacity), lane: "gpt"))
            try await #expect(bed.chat().status == 429)
            calls.setStill(true)
            let client = try await bed.connect()
            try await client.send(bed.request())
            let queue = bed.application.node.log.queue
            let durable = bed.application.node.log.durableSequence
            try await until("the decision is queued") { queue.lastSequence > durable }
            calls.setFull(true)
            calls.setStill(false)
            try await #expect(client.answer().status == 429)
            await client.close()
            calls.setFull(false)
            refuses.set(false)
            try await until("the ledger can be written again") { bed.application.node.log.isAvailable }
            try await until("the other cloud serves") {
                try await bed.chat()["x-concordat-ground"] == "capacity"
            }
        }
        await other.stop()
    }
}

extension GatewayBed {
    /// Fills the disk and lets the gateway find out.
    func lose(_ calls: FailingFileCalls) async throws {
        calls.setFull(true)
        _ = try await chat()
        try await until("the ledger is lost") { !self.application.node.log.isAvailable }
    }
}
