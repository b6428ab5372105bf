// SPDX-License-Identifier: Apache-2.0

import Agreement
import Crypto
import Records
import Testing

/// A small ledger as a gateway writes it, whose entries can be changed afterwards.
struct SyntheticLog {
    static let noon = Instant(nanoseconds: 1_780_315_200_000_000_000)
    static let agreement = """
        agreement: deal
        timezone: UTC
        parties: {microsoft: {name: Microsoft}}
        clouds: {azure: {operator: microsoft}, aws: {operator: amazon}}
        instruments:
          - id: first
            kind: agreement
            effective: 2026-01-01
            clauses:
              - {id: home, kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: {any_of: [capacity]}}

        """

    private(set) var entries: [[UInt8]] = []
    private(set) var objects: [[UInt8]: [UInt8]] = [:]
    private(set) var facts = Facts()
    private(set) var now = SyntheticLog.noon
    private var requests: UInt64 = 0

    /// A log with an adopted agreement, a configuration and a start.
    init() throws {
        let reading = AgreementReader.read(bytes: Array(Self.agreement.utf8), file: "deal.yaml")
        let (document, canonical) = (try #require(reading.document), try #require(reading.canonical))
        let header = store(Array(canonical.header.utf8), .agreementHeader)
        let text = store(Array(try #require(canonical.instruments.first).text.utf8), .instrument)
        take(.adopted(document)) { at, revision in
            AdoptedEntry(
                at: at, revision: revision, agreement: "deal", instrument: "first", header: header, text: text)
        }
        let configuration = PlacementConfiguration(
            deployments: DeploymentTable(
                ["azure", "aws"].map { cloud in
                    Deployment(
                        id: "\(cloud)-od", cloud: cloud, account: "a", region: "east", lane: .onDemand, model: "gpt",
                        publisher: "openai", features: FeatureSet(rawValue: 0x7FF), rank: 0)
                }))
        let hash = store(configuration.objectBytes(), .placementConfiguration)
        take(.configured(configuration)) { ConfiguredEntry(at: $0, revision: $1, configuration: hash) }
        take(.started) { StartedEntry(at: $0, revision: $1, boot: 1, version: "test") }
    }

    /// A log with a request served at home, one that spilled, one that was refused and one under an override.
    static func sample() throws -> SyntheticLog {
        var log = try SyntheticLog()
        log.serve()
        log.refuse(lane: 1)
        log.serve()
        log.refuseRequest()
        log.record(
            .override(
                PlacementOverride(
                    cloud: "aws", product: nil, model: nil, from: log.now,
                    until: log.now.advanced(byMilliseconds: 60_000), reason: "incident")))
        log.serve()
        return log
    }

    // MARK: Writing

    /// Writes a request that is served on the first deployment that its decision lists.
    ///
    /// - Parameters:
    ///   - bucket: the request's part of the migration that runs; `nil` as before migrations moved requests.
    ///   - migration: the name of that migration.
    mutating func serve(bucket: UInt16? = nil, of migration: String? = nil) {
        let (id, decision, terms) = decide(model: "gpt", bucket: bucket, migration: migration)
        let entry = decision[0]
        let deployment = facts.configuration.deployments.deployments[Int(entry.deployment)]
        let attempt = PlacementEntry.Attempt(
            deployment: deployment.id, cloud: deployment.cloud, decision: 0, sent: now, ended: now, status: 200,
            signal: 0, vendorCode: 0, fingerprint: 0)
        let ground = entry.flags.contains(.departure) ? "departure" : entry.shown?.name ?? "primary"
        entries.append(
            PlacementEntry(
                at: now, request: id, outcome: .served, clause: terms.reference(Int(entry.clause)), ground: ground,
                isSpill: !entry.flags.contains(.primary), evidence: entry.evidence, attempts: [attempt],
                usage: TokenUsage(basis: .reported, prompt: 10, completion: 20), status: 200, firstByte: now,
                migration: entry.flags.contains(.migrated) ? migration : nil
            ).encoded())
    }

    mutating func pass(milliseconds: Int64) {
        now = now.advanced(byMilliseconds: milliseconds)
    }

    /// Writes a request for a model that is not configured.
    mutating func refuseRequest() {
        let (id, decision, _) = decide(model: "unknown")
        entries.append(
            RefusalEntry(at: now, request: id, reason: decision.refusal?.name ?? "", clauses: [], status: 404).encoded()
        )
    }

    /// Writes a refusal of a lane by its provider.
    mutating func refuse(lane: Int) {
        let refusal = LaneRefusal(
            lane: facts.configuration.deployments.lanes[lane], signal: .noCapacity, retryAfterMilliseconds: 30_000,
            request: "0a0b0c0d-1-1", status: 429, vendorCode: 3, fingerprint: 4)
        take(.refused(refusal)) { LaneRefusedEntry(at: $0, revision: $1, refusal: refusal) }
    }

    /// Writes evidence that a person recorded.
    mutating func record(_ subject: PeopleEvidence.Subject) {
        let provenance = Provenance(recordedBy: "ann", party: "microsoft", secondedBy: "bob")
        take(.recorded(subject, provenance)) {
            RecordedEntry(at: $0, revision: $1, provenance: provenance, subject: subject)
        }
    }

    private mutating func decide(
        model: String, bucket: UInt16? = nil, migration: String? = nil
    ) -> (RequestID, Decision, Terms) {
        now = now.advanced(byMilliseconds: 10)
        requests += 1
        let id = RequestID(log: "0a0b0c0d", boot: 1, counter: requests)
        let workload = Workload([.product: "chat", .model: model, .publisher: "openai"])
        let terms = facts.terms(at: now, includingObserved: false)
        let plan = Plan(
            workload: workload, terms: terms, configuration: facts.configuration, people: facts.standingEvidence)
        var own = OwnSignals()
        own.bucket = bucket
        let decision = plan.decide(windows: facts.windows, at: now, now: now, own: own)
        let trace = plan.trace(decision, terms: terms, windows: facts.windows, at: now, now: now, own: own)
        let hash = store(trace.objectBytes(), .trace)
        entries.append(
            DecisionEntry(
                request: id, number: 0, at: now, now: now, revision: facts.revision, terms: terms.digest(),
                isObserved: false, workload: workload,
                commitments: DecisionEntry.Commitments(key: [], tenant: [], labels: []), promptBytes: 40, tokensMax: 0,
                own: own, decision: decision, trace: hash, migration: migration
            ).encoded())
        return (id, decision, terms)
    }

    private mutating func take(_ fact: Fact, _ entry: (Instant, UInt64) -> some WritableEntry) {
        now = now.advanced(byMilliseconds: 10)
        entries.append(entry(now, facts.revision + 1).encoded())
        facts.apply(fact, at: now)
    }

    private mutating func store(_ bytes: [UInt8], _ kind: ObjectKind) -> [UInt8] {
        let hash = Array(SHA256.hash(data: bytes))
        objects[hash] = bytes
        entries.append(ObjectEntry(at: now, kind: kind, hash: hash, size: UInt64(bytes.count)).encoded())
        return hash
    }

    // MARK: Tampering

    /// Changes the decision with this number, counted from the first.
    mutating func changeDecision(_ number: Int, _ change: (inout DecisionEntry) -> Void) throws {
        let found = try indices { entry in
            if case .decision(let entry) = entry { return entry }
            return nil
        }
        let index = try #require(found.count > number ? found[number].0 : nil)
        var entry = found[number].1
        change(&entry)
        entries[index] = entry.encoded()
    }

    /// Changes the placement with this number, counted from the first.
    mutating func changePlacement(_ number: Int, _ change: (inout PlacementEntry) -> Void) throws {
        let found = try indices { entry in
            if case .placement(let entry) = entry { return entry }
            return nil
        }
        let index = try #require(found.count > number ? found[number].0 : nil)
        var entry = found[number].1
        change(&entry)
        entries[index] = entry.encoded()
    }

    /// Writes the last entry of a type once more.
    mutating func repeatLast(_ type: EntryType) throws {
        let last = try #require(try entries.last { try Entry($0).type == type })
        entries.append(last)
    }

    /// Takes away the first entry of a type.
    mutating func dropFirst(_ type: EntryType) throws {
        let index = try #require(try entries.firstIndex { try Entry($0).type == type })
        entries.remove(at: index)
    }

    /// Forgets an object of a kind.
    mutating func dropObject(_ kind: ObjectKind) throws {
        for bytes in entries {
            if case .object(let entry) = try Entry(bytes), entry.kind == kind { objects[entry.hash] = nil }
        }
    }

    /// The entries of a type with their positions.
    private func indices<Value>(_ pick: (Entry) -> Value?) throws -> [(Int, Value)] {
        try entries.enumerated().compactMap { index, bytes in try pick(Entry(bytes)).map { (index, $0) } }
    }

    // MARK: Auditing

    func audit() -> DecisionAuditor {
        let objects = objects
        var auditor = DecisionAuditor { objects[$0] }
        for (index, entry) in entries.enumerated() { auditor.take(entry, at: UInt64(index)) }
        auditor.finish()
        return auditor
    }
}
