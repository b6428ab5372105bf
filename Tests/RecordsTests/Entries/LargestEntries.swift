// SPDX-License-Identifier: Apache-2.0

import Agreement
import Records

/// Entries with the largest values that the limits of agreements, configuration and requests allow.
enum LargestEntries {
    /// The limit of names in the gateway's configuration.
    private static let name = String(repeating: "n", count: 128)
    /// The limit of what people may write about evidence.
    private static let text = String(repeating: "t", count: 1_000)
    private static let clause =
        String(repeating: "a", count: ValueLimits.identifierBytesMax) + "/"
        + String(repeating: "c", count: ValueLimits.identifierBytesMax)
    private static let late = Instant.distantFuture
    private static let hash = [UInt8](repeating: 255, count: 32)
    private static let request = RequestID(log: "ffffffff", boot: .max, counter: .max)

    static var all: [(String, [UInt8])] {
        [
            ("decision", decision), ("placement", placement), ("override", override), ("decline", decline),
            ("migration", migration), ("notice", notice), ("refusal", refusal), ("lane", lane),
        ]
    }

    private static var decision: [UInt8] {
        var decision = Decision()
        for index in 0..<Decision.entriesMax {
            decision.append(
                Decision.Entry(
                    deployment: 1_023 - UInt16(index), position: 63, grounds: GroundSet(rawValue: 31), shown: .outage,
                    clause: 65_000, evidence: .max, flags: Decision.Flags(rawValue: 31)))
        }
        var own = OwnSignals()
        own.tried = .max
        own.noCapacity = .max
        own.ownQuota = .max
        own.outage = .max
        own.lastLaneAnswers = .max
        own.bucket = MigrationBucket.count - 1
        return DecisionEntry(
            request: request, number: 255, at: late, now: late, revision: .max, terms: hash, isObserved: true,
            workload: Workload(
                Dictionary(uniqueKeysWithValues: Dimension.allCases.map { ($0, name) }), surface: .nonAPI,
                features: FeatureSet(rawValue: .max)),
            commitments: DecisionEntry.Commitments(key: hash, tenant: hash, labels: hash), promptBytes: .max,
            tokensMax: .max, own: own, decision: decision, trace: hash, migration: name
        ).encoded()
    }

    /// The gateway makes 16 attempts at most.
    private static var placement: [UInt8] {
        let attempt = PlacementEntry.Attempt(
            deployment: name, cloud: name, decision: 255, sent: late, ended: late, status: .max, signal: .max,
            vendorCode: .max, fingerprint: .max)
        return PlacementEntry(
            at: late, request: request, outcome: .interrupted, clause: clause, ground: "not-covered", isSpill: true,
            evidence: .max, attempts: Array(repeating: attempt, count: 16),
            usage: TokenUsage(
                basis: .estimated, prompt: .max, completion: .max, cached: .max, reasoning: .max, audioIn: .max,
                audioOut: .max), status: .max, firstByte: late, passedOver: passedOver, migration: name
        ).encoded()
    }

    private static var passedOver: [PassedOver] {
        Array(repeating: PassedOver(name, .budget), count: PassedOver.countMax)
    }

    private static var provenance: Provenance {
        Provenance(
            recordedBy: text, party: name, secondedBy: text, documentName: text, documentSHA256: hash,
            attestations: Array(
                repeating: Attestation(
                    recorder: String(repeating: "r", count: ValueLimits.identifierBytesMax),
                    signature: [UInt8](repeating: 255, count: 64), isVerified: false),
                count: Provenance.attestationsMax))
    }

    private static var override: [UInt8] {
        RecordedEntry(
            at: late, revision: .max, provenance: provenance,
            subject: .override(
                PlacementOverride(cloud: name, product: name, model: name, from: late, until: late, reason: text))
        ).encoded()
    }

    /// A decline names at most 64 models, which whoever records it sees to.
    private static var decline: [UInt8] {
        RecordedEntry(
            at: late, revision: .max, provenance: provenance,
            subject: .decline(
                Decline(
                    cloud: name, features: FeatureSet(rawValue: .max), models: Array(repeating: name, count: 64),
                    requested: late, answered: late, until: late))
        ).encoded()
    }

    /// A migration has at most 8 conditions of return of 500 bytes.
    private static var migration: [UInt8] {
        RecordedEntry(
            at: late, revision: .max, provenance: provenance,
            subject: .migration(
                MigrationReport(
                    migration: name,
                    step: .opened(
                        MigrationReport.Opening(
                            from: name, to: name, product: name, model: name, ground: .notCovered, evidence: .max,
                            percent: 100,
                            conditionsOfReturn: Array(repeating: String(repeating: "c", count: 500), count: 8))),
                    effective: late))
        ).encoded()
    }

    private static var notice: [UInt8] {
        RecordedEntry(
            at: late, revision: .max, provenance: provenance,
            subject: .notice(Notice(agreement: name, clause: name, to: name, served: late, about: text))
        ).encoded()
    }

    private static var refusal: [UInt8] {
        RefusalEntry(
            at: late, request: request, reason: "primary-not-configured",
            clauses: Array(repeating: clause, count: Decision.refusalClausesMax), status: .max,
            passedOver: passedOver
        ).encoded()
    }

    private static var lane: [UInt8] {
        LaneRefusedEntry(
            at: late, revision: .max,
            refusal: LaneRefusal(
                lane: LaneKey(cloud: name, account: name, region: name, model: name, lane: .onDemand), signal: .ramp,
                retryAfterMilliseconds: .max, request: "\(request)", status: .max, vendorCode: .max, fingerprint: .max)
        ).encoded()
    }
}
