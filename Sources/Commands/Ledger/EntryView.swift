// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Foundation
internal import Providers
internal import Records
internal import Service

/// An entry of the ledger as names and values, for people and programs.
struct EntryView: Encodable {
    let index: UInt64
    let type: String
    let at: String
    let fields: [(name: String, value: String)]

    init(_ entry: Entry, index: UInt64) {
        self.index = index
        type = entry.type.name
        at = entry.at.description
        fields = Self.fields(of: entry)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(index, forKey: Key("index"))
        try container.encode(type, forKey: Key("type"))
        try container.encode(at, forKey: Key("at"))
        for (name, value) in fields {
            try container.encode(value, forKey: Key(name.replacingOccurrences(of: " ", with: "_")))
        }
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    private static func fields(of entry: Entry) -> [(name: String, value: String)] {
        switch entry {
        case .started(let entry):
            [("fact", "\(entry.revision)"), ("boot", "\(entry.boot)"), ("version", entry.version)]
        case .object(let entry): [("kind", entry.kind.name), ("hash", hex(entry.hash)), ("bytes", "\(entry.size)")]
        case .adopted(let entry):
            [
                ("fact", "\(entry.revision)"), ("agreement", entry.agreement), ("instrument", entry.instrument),
                ("header", hex(entry.header)), ("text", hex(entry.text)),
            ]
        case .configured(let entry): [("fact", "\(entry.revision)"), ("configuration", hex(entry.configuration))]
        case .laneRefused(let entry):
            [
                ("fact", "\(entry.revision)"), ("lane", name(entry.refusal.lane)),
                ("signal", entry.refusal.signal.name), ("request", entry.refusal.request),
                ("status", "\(entry.refusal.status)"),
                ("vendor code", "\(VendorCode(rawValue: entry.refusal.vendorCode).map { "\($0)" } ?? "unknown")"),
                ("retry after", entry.refusal.retryAfterMilliseconds.map { "\($0) ms" } ?? "not stated"),
            ]
        case .laneRecovered(let entry):
            [
                ("fact", "\(entry.revision)"), ("lane", name(entry.success.lane)), ("request", entry.success.request),
                ("successes needed", "\(entry.success.required)"),
            ]
        case .recorded(let entry):
            [
                ("fact", "\(entry.revision)"),
                (
                    "evidence",
                    PeopleEvidence(
                        revision: entry.revision, recorded: entry.at, provenance: entry.provenance,
                        subject: entry.subject
                    ).summary
                ),
            ]
        case .decision(let entry): fields(of: entry)
        case .placement(let entry): fields(of: entry)
        case .refusal(let entry):
            [
                ("request", entry.request.description), ("reason", entry.reason),
                ("clauses", entry.clauses.joined(separator: ", ")), ("status", "\(entry.status)"),
            ] + fields(of: entry.passedOver)
        case .progress(let entry):
            [
                ("request", entry.request.description), ("deployment", entry.deployment), ("events", "\(entry.events)"),
                ("bytes", "\(entry.bytes)"),
            ]
        case .gap(let entry):
            [
                ("from", entry.from.description), ("to", entry.to.description), ("requests", "\(entry.requests)"),
                ("tokens", "\(entry.promptTokens)+\(entry.completionTokens)"), ("cause", "error number \(entry.cause)"),
            ]
        case .clockStep(let entry): [("expected", entry.expected.description), ("found", entry.found.description)]
        case .closed: []
        }
    }

    private static func fields(of entry: DecisionEntry) -> [(name: String, value: String)] {
        let dimensions = Dimension.allCases.filter { !entry.workload[$0].isEmpty }
            .map { "\($0.name) \(entry.workload[$0])" }
        let workload = dimensions + [entry.workload.surface.name] + entry.workload.features.featureNames
        var fields = [
            ("request", entry.request.description), ("number", "\(entry.number)"), ("admitted", entry.at.description),
            ("fact", "\(entry.revision)"), ("workload", workload.joined(separator: ", ")),
            ("prompt bytes", "\(entry.promptBytes)"), ("tokens max", "\(entry.tokensMax)"),
            ("key commitment", hex(entry.commitments.key)),
        ]
        if entry.isObserved { fields.append(("observed", "moves nothing")) }
        if let migration = entry.migration, let bucket = entry.own.bucket {
            fields.append(("migration", "\(migration), part \(bucket) of \(MigrationBucket.count)"))
        }
        if let refusal = entry.decision.refusal { fields.append(("refused", refusal.name)) }
        for position in 0..<entry.decision.count {
            let listed = entry.decision[position]
            let ground = listed.flags.contains(.departure) ? "departure" : listed.shown?.name ?? "primary"
            let evidence =
                (listed.evidence == 0 ? "" : ", evidence \(listed.evidence)")
                + (listed.flags.contains(.migrated) ? ", migrated" : "")
            fields.append(("listed \(position + 1)", "deployment \(listed.deployment), \(ground)\(evidence)"))
        }
        return fields + [("terms", hex(entry.terms)), ("trace", hex(entry.trace))]
    }

    private static func fields(of entry: PlacementEntry) -> [(name: String, value: String)] {
        var fields = [
            ("request", entry.request.description), ("outcome", entry.outcome.name), ("ground", entry.ground),
            ("clause", entry.clause), ("spill", entry.isSpill ? "yes" : "no"),
            ("evidence", entry.evidence == 0 ? "own signals or none" : "\(entry.evidence)"),
            (
                "tokens",
                "\(entry.usage.prompt) prompt (\(entry.usage.cached) cached), "
                    + "\(entry.usage.completion) completion (\(entry.usage.reasoning) reasoning), "
                    + entry.usage.basis.name
            ),
            ("status", "\(entry.status)"),
        ]
        if let migration = entry.migration { fields.append(("migration", migration)) }
        if let firstByte = entry.firstByte { fields.append(("first byte", firstByte.description)) }
        fields += self.fields(of: entry.passedOver)
        for (number, attempt) in entry.attempts.enumerated() {
            let signal = SignalClass(rawValue: attempt.signal).map(\.name) ?? "unknown"
            fields.append(
                (
                    "attempt \(number + 1)",
                    "\(attempt.deployment) on \(attempt.cloud), decision \(attempt.decision), "
                        + "\(attempt.sent) to \(attempt.ended), status \(attempt.status), \(signal)"
                ))
        }
        return fields
    }

    private static func fields(of passedOver: [PassedOver]) -> [(name: String, value: String)] {
        passedOver.map { passed in
            let why =
                switch passed.reason {
                case .stateBound: "the request builds on state that lies elsewhere"
                case .probing: "others were probing the lane"
                case .failing: "it failed several times in a row and rests"
                case .slow: "its streams are slower than those beside it"
                case .account: "the provider refuses the account"
                case .budget: "the retries that may be made were used up"
                }
            return ("passed over", "\(passed.deployment): \(why)")
        }
    }

    private static func name(_ lane: LaneKey) -> String {
        [lane.cloud, lane.account, lane.region, lane.model, lane.lane.name].joined(separator: " ")
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
