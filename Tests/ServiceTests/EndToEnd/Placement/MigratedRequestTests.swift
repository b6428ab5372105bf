// SPDX-License-Identifier: Apache-2.0

import Agreement
import CloudSimulator
import Foundation
import Gateway
import Records
import Service
import Store
import Testing

@Suite("Migrations on live traffic")
struct MigratedRequestTests {
    /// A chat request of a conversation.
    private func body(_ conversation: Int) -> String {
        #"{"model":"gpt","max_tokens":5,"prompt_cache_key":"talk-\#(conversation)-canary","#
            + #""messages":[{"role":"user","content":"Good day to you"}]}"#
    }

    private func decline(_ bed: GatewayBed) async throws -> UInt64 {
        try await bed.record(
            .decline(
                DeclineOrder(
                    cloud: "azure", features: ["vision"], models: [], requested: nil, answered: bed.now(),
                    until: bed.now(plusMilliseconds: 3_600_000))), party: "microsoft"
        ).number
    }

    private func open(
        _ bed: GatewayBed, ground: String = "declined", evidence: UInt64?, percent: Int
    ) async throws {
        try await bed.record(
            .migration(
                MigrationOrder(
                    migration: "exodus",
                    step: .opened(
                        MigrationOrder.Opening(
                            from: "azure", to: "aws", ground: ground, evidence: evidence, percent: percent,
                            conditionsOfReturn: ["Azure serves it."])), at: bed.now())))
    }

    private func step(_ bed: GatewayBed, _ step: MigrationOrder.Step) async throws {
        try await bed.record(.migration(MigrationOrder(migration: "exodus", step: step, at: bed.now())))
    }

    /// The conversations of so many that are moved.
    private func moved(_ bed: GatewayBed, of conversations: Int) async throws -> Set<Int> {
        let client = try await bed.connect()
        var moved: Set<Int> = []
        for conversation in 0..<conversations {
            try await client.send(bed.request(body(conversation)))
            let answer = try await client.answer()
            #expect(answer.status == 200)
            let isMoved = answer["x-concordat-migration"] == "exodus"
            #expect(answer["x-concordat-ground"] == (isMoved ? "declined" : "primary"))
            #expect(answer["x-concordat-deployment"]?.hasPrefix(isMoved ? "aws" : "azure") == true)
            if isMoved { moved.insert(conversation) }
        }
        await client.close()
        return moved
    }

    @Test("a migration moves its share in steps and back, conversation by conversation, and the ledger says so")
    func steps() async throws {
        try await GatewayBed.run { bed in
            let decline = try await decline(bed)
            try await #expect(moved(bed, of: 20).isEmpty)
            try await open(bed, evidence: decline, percent: 10)
            let tenth = try await moved(bed, of: 150)
            try await #expect(moved(bed, of: 150) == tenth)
            try await step(bed, .moved(percent: 50))
            let half = try await moved(bed, of: 150)
            #expect(tenth.isStrictSubset(of: half))
            try await step(bed, .moved(percent: 10))
            try await #expect(moved(bed, of: 150) == tenth)
            try await step(bed, .moved(percent: 0))
            try await #expect(moved(bed, of: 20).isEmpty)
            // Of 150 conversations: more than five standard deviations off has a chance below one in a million.
            #expect((1...40).contains(tenth.count) && (44...106).contains(half.count), "\(tenth.count) \(half.count)")

            let entries = try await bed.entries()
            let spills = entries.compactMap { entry -> PlacementEntry? in
                if case .placement(let placement) = entry, placement.isSpill { placement } else { nil }
            }
            #expect(spills.count == tenth.count * 3 + half.count)
            #expect(spills.allSatisfy { $0.migration == "exodus" && $0.ground == "declined" && $0.evidence == decline })
            let decisions = entries.compactMap { entry -> DecisionEntry? in
                if case .decision(let decision) = entry { decision } else { nil }
            }
            #expect(decisions.count { $0.migration == "exodus" && $0.own.bucket != nil } == 600)
            #expect(decisions.count { $0.migration == nil && $0.own.bucket == nil } == 40)

            let metrics = try await bed.get("/metrics").body
            #expect(metrics.contains("concordat_migrated_total{migration=\"exodus\"} \(spills.count)\n"))
            #expect(metrics.contains("concordat_spills_total{ground=\"declined\"} \(spills.count)\n"))
            let folder = try FolderReading(folder: bed.folder)
            let rows = try folder.requests(spillsOnly: true, outcome: nil, limit: 1_000)
            #expect(rows.count == spills.count && rows.allSatisfy { $0.end?.migration == "exodus" })
        }
    }

    @Test("after a restart the same conversations are moved, and their names are nowhere in the data folder")
    func restart() async throws {
        let folder = try GatewayBed.makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var before: Set<Int> = []
        try await GatewayBed.run(GatewayBed.Setup { $0.folder = folder }) { bed in
            try await open(bed, evidence: decline(bed), percent: 50)
            before = try await moved(bed, of: 40)
            #expect(!before.isEmpty && before.count < 40)
        }
        try await GatewayBed.run(GatewayBed.Setup { $0.folder = folder }) { bed in
            try await #expect(moved(bed, of: 40) == before)
        }
        let files = try #require(FileManager.default.enumerator(atPath: folder))
        for case let file as String in files {
            guard let bytes = FileManager.default.contents(atPath: folder + "/" + file) else { continue }
            #expect(bytes.range(of: Data("canary".utf8)) == nil, "\(file)")
        }
    }

    @Test("a request that names no conversation moves or stays with its key")
    func key() async throws {
        try await GatewayBed.run { bed in
            try await open(bed, evidence: decline(bed), percent: 50)
            var grounds: Set<String> = []
            for _ in 0..<8 {
                let key = try await GatewayBed.makeKey(bed.application)
                var ofKey: Set<String> = []
                for _ in 0..<4 {
                    ofKey.insert(try await bed.chat(key: key)["x-concordat-ground"] ?? "")
                }
                #expect(ofKey.count == 1)
                grounds.formUnion(ofKey)
            }
            #expect(grounds.isSubset(of: ["primary", "declined"]))
        }
    }

    @Test("a migrated request whose target fails comes back to the primary")
    func failing() async throws {
        try await GatewayBed.run(GatewayBed.Setup { $0.ports = ["aws": 1] }) { bed in
            try await open(bed, evidence: decline(bed), percent: 100)
            let answer = try await bed.chat(body(1))
            #expect(answer.status == 200)
            #expect(answer["x-concordat-ground"] == "primary")
            #expect(answer["x-concordat-migration"] == nil)
            let placement = try await bed.placement()
            #expect(placement.attempts.map(\.cloud) == ["aws", "azure"])
            #expect(placement.migration == nil && !placement.isSpill)
        }
    }

    @Test("a migration on a ground that the clause does not name moves nothing, and explain says why")
    func notNamed() async throws {
        let setup = GatewayBed.Setup { $0.agreements = [TestAgreement.primary(spillOn: "{any_of: [capacity]}")] }
        try await GatewayBed.run(setup) { bed in
            try await open(bed, evidence: decline(bed), percent: 100)
            try await #expect(moved(bed, of: 5).isEmpty)
            let workload = Workload([.model: "gpt", .publisher: "openai"])
            let now = bed.application.node.clock.now()
            let explanation = Explanation(facts: bed.facts, workload: workload, at: now, now: now)
            #expect(
                explanation.text.contains(
                    "Migration exodus from azure to aws on the ground declined: moves nothing: deal/primary does not name "
                        + "the ground declined."))
        }
    }

    @Test("an agreement that is only observed is decided with the migration too, and moves nothing")
    func observed() async throws {
        try await GatewayBed.run(GatewayBed.Setup { $0.enforcement = ["deal": .observe] }) { bed in
            try await open(bed, evidence: decline(bed), percent: 100)
            let answer = try await bed.chat(body(1))
            #expect(answer["x-concordat-migration"] == nil)
            let decisions = try await bed.entries().compactMap { entry -> DecisionEntry? in
                if case .decision(let decision) = entry { decision } else { nil }
            }
            let seen = try #require(decisions.first { $0.isObserved })
            #expect(seen.migration == "exodus" && seen.decision[0].flags.contains(.migrated))
            #expect(decisions.first { !$0.isObserved }?.migration == nil)
            #expect(try await bed.get("/metrics").body.contains("concordat_observed_differences_total 1\n"))
        }
    }

    @Test("lack of capacity grounds a migration by a refusal that the gateway met, and by nothing else")
    func capacity() async throws {
        try await GatewayBed.run(GatewayBed.Setup { $0.hasReservedLane = false }) { bed in
            await #expect(throws: ServiceError.self) {
                try await open(bed, ground: "capacity", evidence: nil, percent: 5)
            }
            let decline = try await decline(bed)
            await #expect(throws: ServiceError.self) {
                try await open(bed, ground: "capacity", evidence: decline, percent: 5)
            }
            await #expect(throws: ServiceError.self) {
                try await open(bed, ground: "outage", evidence: nil, percent: 5)
            }
            try bed.fault("azure", FaultRule(.refuse(reason: .noCapacity), lane: "gpt", requests: 1))
            _ = try await bed.chat(body(1))
            let refusal = try #require(bed.facts.refusals(by: "azure", of: "gpt").first)
            try await open(bed, ground: "capacity", evidence: refusal, percent: 100)
            let answer = try await bed.chat(body(1))
            #expect(answer["x-concordat-migration"] == "exodus")
            #expect(answer["x-concordat-ground"] == "capacity")
        }
    }
}
