// SPDX-License-Identifier: Apache-2.0

import Agreement
import CloudSimulator
import Foundation
import Gateway
import Records
import Service
import Store
import Synchronization
import Testing

@Suite("What a gateway promises of its ledger")
struct DurabilityTests {
    @Test("P27: is that the decision is on disk before another cloud gets a byte")
    func decisionBeforeSpill() async throws {
        let folder = try GatewayBed.makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let found = Mutex<[DecisionEntry]>([])
        let seen = Found(found)
        let other = try await RecordingUpstream.start { _, _ in
            // At the moment at which the other cloud has the request: the log's files as they are.
            let entries = (try? GatewayBed.entries(in: folder)) ?? []
            let decisions = entries.compactMap { entry -> DecisionEntry? in
                if case .decision(let decision) = entry { decision } else { nil }
            }
            seen.entries.withLock { $0 = decisions }
            return [.send(UpstreamText.answer())]
        }
        try await GatewayBed.run(
            .init {
                $0.ports = ["aws": other.port]
                $0.folder = folder
            }
        ) { bed in
            try bed.lackCapacity()
            let answer = try await bed.chat()
            #expect(answer["x-concordat-deployment"] == "aws-on-demand")
            let decisions = seen.entries.withLock { $0 }
            let last = try #require(decisions.last)
            #expect(last.request.description == answer["x-concordat-decision"])
            #expect(last.number == 1)
            let table = bed.application.node.book.snapshot.facts.configuration.deployments
            let listed = (0..<last.decision.count).map { table.deployments[Int(last.decision[$0].deployment)].cloud }
            #expect(listed.contains("aws"))
        }
        await other.stop()
    }

    private final class Found: Sendable {
        let entries: Mutex<[DecisionEntry]>

        init(_ entries: consuming sending Mutex<[DecisionEntry]>) {
            self.entries = entries
        }
    }

    @Test("holds while the disk stands still: no byte to another cloud, no head to the client, and no data kept")
    func stillDisk() async throws {
        let calls = FailingFileCalls()
        let other = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.answer())] }
        try await GatewayBed.run(
            .init {
                $0.ports = ["aws": other.port]
                $0.calls = calls
            }
        ) { bed in
            calls.setStill(true)
            let home = try await bed.connect()
            try await home.send(bed.request())
            try await until("the primary has served it") { bed.clouds["azure"]?.counters().total.completed == 1 }
            try bed.lackCapacity()
            let away = try await bed.connect()
            try await away.send(bed.request())
            try await until("the primary has refused it") { bed.arrived("azure") == 3 }
            // A third that the same event loop serves after them: had they been let go, it would show.
            try await #expect(bed.get("/healthz").status == 200)
            #expect(other.connectionsOpened == 0)
            try await #expect(home.receivedBytes() == 0)
            calls.setStill(false)
            try await #expect(home.answer()["x-concordat-ground"] == "primary")
            try await #expect(away.answer()["x-concordat-ground"] == "capacity")
            await home.close()
            await away.close()
        }
        await other.stop()
    }

    @Test("is that what an upstream sends while the disk stands still is held up, not kept")
    func stillDiskBound() async throws {
        let calls = FailingFileCalls()
        let size = 12_000_000
        let piece = String(repeating: " ", count: 100_000)
        let upstream = try await RecordingUpstream.start { _, number in
            guard number == 0 else { return [.send(UpstreamText.answer())] }
            return [.send("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: \(size)\r\n\r\n")]
                + (0..<(size / piece.utf8.count)).map { _ in .send(piece) }
        }
        let setup = GatewayBed.Setup.primary(at: upstream) {
            $0.calls = calls
        }
        try await GatewayBed.run(setup) { bed in
            calls.setStill(true)
            let client = try await bed.connect()
            try await client.send(bed.request())
            try await until("the upstream has begun") { upstream.sentBytes > 100_000 }
            var before = 0
            try await until("the upstream can send no more") {
                before = upstream.sentBytes
                try await Task.sleep(for: .milliseconds(100))
                return upstream.sentBytes == before
            }
            // What is sent lies in the system's buffers and, for a small part, in the gateway's.
            #expect(upstream.sentBytes < size * 3 / 4)
            try await #expect(client.receivedBytes() == 0)
            calls.setStill(false)
            try await #expect(client.answer().body.utf8.count == size)
            await client.close()
        }
        await upstream.stop()
    }

    @Test("costs no upstream's connection: it is read again after the disk stood still")
    func connectionAfterStillDisk() async throws {
        let calls = FailingFileCalls()
        let long = UpstreamText.completion.replacingOccurrences(
            of: "Good day.", with: String(repeating: "x", count: 400_000))
        let upstream = try await RecordingUpstream.start { _, number in
            [.send(UpstreamText.answer(200, number == 0 ? long : UpstreamText.completion))]
        }
        let setup = GatewayBed.Setup.primary(at: upstream) {
            $0.calls = calls
        }
        try await GatewayBed.run(setup) { bed in
            calls.setStill(true)
            let client = try await bed.connect()
            try await client.send(bed.request())
            try await until("the upstream has sent what the gateway takes") { upstream.sentBytes > 300_000 }
            calls.setStill(false)
            try await #expect(client.answer().body == long)
            await client.close()
            try await #expect(bed.chat().body == UpstreamText.completion)
        }
        await upstream.stop()
    }

    @Test("records no attempt on a cloud that got nothing because the client left in the meantime")
    func leftWhileStill() async throws {
        let calls = FailingFileCalls()
        try await GatewayBed.run(.init { $0.calls = calls }) { bed in
            try bed.lackCapacity()
            calls.setStill(true)
            let client = try await bed.connect()
            try await client.send(bed.request())
            try await until("the primary has refused it") { bed.window.state == .constrained }
            await client.close()
            try await until("the client is gone") { await bed.application.server.metrics().requestsInFlight == 0 }
            calls.setStill(false)
            let placement = try await bed.placement()
            #expect(placement.outcome == .cancelled)
            #expect(placement.attempts.map(\.cloud) == ["azure", "azure"])
            #expect(!placement.isSpill)
            #expect(bed.arrived("aws") == 0)
        }
    }

    @Test("P27: is that requests in flight when the process died are settled as interrupted")
    func interrupted() async throws {
        let folder = try GatewayBed.makeFolder()
        let copy = try GatewayBed.makeFolder()
        defer { for path in [folder, copy] { try? FileManager.default.removeItem(atPath: path) } }
        let upstream = try await RecordingUpstream.start { _, _ in
            [.send(UpstreamText.streamHead + UpstreamText.chunk(UpstreamText.Event.content("Good")))]
        }
        let setup = GatewayBed.Setup.primary(at: upstream) {
            $0.limits.progressMilliseconds = 50
        }
        try await GatewayBed.run(
            .init {
                $0 = setup
                $0.folder = folder
            }
        ) { bed in
            let client = try await bed.connect()
            try await client.send(bed.request(GatewayBed.streamBody))
            try await client.sees("Good")
            try await until("progress was marked") {
                try await bed.entries().contains { if case .progress(let mark) = $0 { mark.events > 0 } else { false } }
            }
            // What is on disk at this moment is what a killed process leaves.
            try await until("it is copied while no file of it is replaced") { Self.copyFiles(in: folder, to: copy) }
            await client.close()
        }
        try await GatewayBed.run(
            .init {
                $0 = setup
                $0.folder = copy
            }
        ) { bed in
            let placement = try await bed.placement()
            #expect(placement.outcome == .interrupted)
            #expect(placement.usage.basis == .estimated)
            #expect(placement.usage.prompt == 4)
            #expect(placement.usage.completion == 1)
            #expect(placement.request.boot == 1)
            let listed = try bed.application.node.tables.notableRequests(
                spillsOnly: false, outcome: "interrupted", limit: 9)
            #expect(listed.map(\.id) == [placement.request])
        }
        await upstream.stop()
    }

    /// Copies a data folder without its socket; false where a file was gone before it was copied.
    private static func copyFiles(in folder: String, to copy: String) -> Bool {
        do {
            try FileManager.default.removeItem(atPath: copy)
            try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
            for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name != "control.sock" {
                try FileManager.default.copyItem(atPath: folder + "/" + name, toPath: copy + "/" + name)
            }
            return true
        } catch {
            return false
        }
    }

    @Test("is that the tables made again from the log are equal to those that followed it")
    func tablesAgain() async throws {
        try await GatewayBed.run { bed in
            _ = try await bed.chat()
            try bed.lackCapacity()
            for body in [GatewayBed.body, GatewayBed.streamBody, #"{"model":"x","messages":[]}"#] {
                _ = try await bed.chat(body)
            }
            try bed.fault("azure")
            try bed.fault("aws", FaultRule(.cut(afterEvents: 2)))
            _ = try await bed.chat(GatewayBed.streamBody)
            try await bed.settled()
            try await bed.application.node.settle()
            let tables = bed.application.node.tables
            let before = try tables.derivedDump()
            // The one that was served on the primary leaves no row.
            #expect(before["requests"]?.count == 4)
            try tables.forgetDerived()
            try #expect(tables.derivedDump()["requests"] == [])
            var reader = bed.application.node.log.reader(from: 0)
            while let batch = try reader.next(upTo: bed.application.node.log.durableIndex) { try tables.take(batch) }
            try #expect(tables.derivedDump() == before)
        }
    }

    @Test("P26: is that tokens of the ledger are the tokens that the clouds counted")
    func tokens() async throws {
        try await GatewayBed.run { bed in
            try bed.fault("azure", FaultRule(.refuse(reason: .noCapacity), lane: "gpt", requests: 3))
            for number in 1...12 {
                let stream = number % 2 == 0 ? #""stream":true,"# : ""
                _ = try await bed.chat(
                    #"{"model":"gpt",\#(stream)"max_tokens":\#(number),"messages":[{"role":"user","content":"\#(number)"}]}"#
                )
            }
            let placements = try await bed.placements(12)
            for (cloud, server) in bed.clouds {
                let served = placements.filter { $0.attempts.last?.cloud == cloud && $0.usage.basis == .reported }
                let counters = server.counters().total
                #expect(served.reduce(0) { $0 + Int($1.usage.prompt) } == counters.promptTokens, "\(cloud)")
                #expect(served.reduce(0) { $0 + Int($1.usage.completion) } == counters.completionTokens, "\(cloud)")
            }
        }
    }
}
