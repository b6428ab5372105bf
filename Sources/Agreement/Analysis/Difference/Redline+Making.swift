// SPDX-License-Identifier: Apache-2.0

extension Redline {
    /// Compares two versions: at their instants where both have one, else over all their instruments.
    init(from before: AgreementVersion, to after: AgreementVersion) {
        self.init(header: [], instruments: [], clauses: [])
        for (left, right) in Self.paired(before, after) {
            let trees = (
                left.map { ClauseTrees(before.members[$0].canonical) },
                right.map { ClauseTrees(after.members[$0].canonical) }
            )
            compareHeaders(trees.0?.header, trees.1?.header)
            if let start = before.at, let end = after.at {
                compareInForce(
                    left.map { InForce(before, $0, at: start, trees.0) },
                    right.map { InForce(after, $0, at: end, trees.1) })
            } else {
                compareInstruments(
                    left.map { AllTime(before, $0, trees.0) }, right.map { AllTime(after, $0, trees.1) })
            }
        }
    }

    /// The agreements of both sides by identifier; where each has one alone, these are compared whatever they are called.
    private static func paired(_ before: AgreementVersion, _ after: AgreementVersion) -> [(Int?, Int?)] {
        if before.members.count == 1, after.members.count == 1 { return [(0, 0)] }
        let names = Set((before.members + after.members).map(\.document.id)).sorted()
        return names.map { name in
            (
                before.members.firstIndex { $0.document.id == name },
                after.members.firstIndex { $0.document.id == name }
            )
        }
    }

    private mutating func compareHeaders(_ before: YAMLNode?, _ after: YAMLNode?) {
        for key in ["agreement", "title", "timezone", "calendars", "parties", "clouds", "events"] {
            let (left, right) = (before?.entry(key)?.value, after?.entry(key)?.value)
            guard let entries = left?.entries ?? right?.entries else {
                header += Self.change(key, left, right)
                continue
            }
            let names = Set(entries.map(\.key) + (right?.entries ?? []).map(\.key)).sorted()
            for name in names {
                header += Self.change("\(key).\(name)", left?.entry(name)?.value, right?.entry(name)?.value)
            }
        }
    }

    // MARK: At an instant

    /// The clauses of one agreement in force at an instant.
    private struct InForce {
        let agreement: String
        let instant: Instant
        let consolidation: Consolidation
        let document: AgreementDocument
        let periods: [String: ClausePeriod]
        let trees: ClauseTrees?

        init(_ version: AgreementVersion, _ index: Int, at instant: Instant, _ trees: ClauseTrees?) {
            document = version.members[index].document
            agreement = document.id
            self.instant = instant
            consolidation = version.consolidations[index]
            periods = Dictionary(
                consolidation.clauses(at: instant).map { ($0.clause.id, $0) }, uniquingKeysWith: { first, _ in first })
            self.trees = trees
        }

        func node(_ clause: String) -> YAMLNode? {
            periods[clause].flatMap { trees?.clauses(of: $0.instrument)[clause] }
        }

        /// The last end of a clause by then, and the instrument that brought it about; `nil` where it never was.
        func end(of clause: String) -> (at: Instant, by: String)? {
            let past = consolidation.periods.filter { $0.clause.id == clause && $0.to <= instant }
            guard let end = past.map(\.to).max() else { return nil }
            let cause = document.instruments.first { instrument in
                instrument.operations.contains { $0.clauseID == clause && $0.actsFrom(in: instrument) == end }
            }
            return (end, cause?.id ?? "")
        }

        /// The suspension of a clause that runs then; `nil` where none does, or where the clause is over by then anyway.
        func suspension(of clause: String) -> SuspendedPeriod? {
            let running = consolidation.suspensions.first {
                $0.clause == clause && $0.from <= instant && instant < $0.to
            }
            guard let running, let words = consolidation.periods.last(where: { $0.clause.id == clause }),
                !(words.clause.until?.isOver(at: instant, events: []) ?? false)
            else { return nil }
            let isEnded = document.instruments.contains { instrument in
                instrument.operations.contains { operation in
                    guard case .end(clause, _) = operation else { return false }
                    let end = operation.actsFrom(in: instrument)
                    return running.from <= end && end <= instant
                }
            }
            return isEnded ? nil : running
        }

        /// The last end of a suspension by then, and the instrument that resumed the clause; empty where none did.
        func resumption(of clause: String) -> (at: Instant, by: String)? {
            let past = consolidation.suspensions.filter { $0.clause == clause && $0.to <= instant }
            guard let end = past.map(\.to).max() else { return nil }
            let cause = document.instruments.first { instrument in
                instrument.operations.contains { operation in
                    guard case .resume(clause, _) = operation else { return false }
                    return operation.actsFrom(in: instrument) == end
                }
            }
            return (end, cause?.id ?? "")
        }
    }

    private mutating func compareInForce(_ before: InForce?, _ after: InForce?) {
        let names = Set((before?.periods.keys.map { $0 } ?? []) + (after?.periods.keys.map { $0 } ?? [])).sorted()
        for name in names {
            let (left, right) = (before?.periods[name], after?.periods[name])
            let agreement = (right == nil ? before?.agreement : after?.agreement) ?? ""
            var change = Self.compare(
                "\(agreement)/\(name)", before?.node(name), after?.node(name),
                kind: (right ?? left)?.clause.kind.name ?? "",
                instruments: (left?.instrument, right?.instrument))
            if change?.fate == .removed, let suspension = after?.suspension(of: name) {
                change?.fate = .suspended
                change?.endedAt = suspension.from
                change?.suspendedUntil = suspension.to
                change?.instrumentAfter = suspension.instrument
            } else if change?.fate == .added, let suspension = before?.suspension(of: name) {
                let end = after?.resumption(of: name)
                change?.fate = .resumed
                change?.instrumentBefore = suspension.instrument
                change?.resumedAt = end?.at
                change?.instrumentAfter = end?.by ?? ""
            } else if change?.fate == .removed, let end = after?.end(of: name) {
                change?.fate = .ended
                change?.endedAt = end.at
                change?.instrumentAfter = end.by
            }
            clauses += [change].compactMap { $0 }
        }
    }

    // MARK: Over all time

    /// Everything that the instruments of one agreement say.
    private struct AllTime {
        let document: AgreementDocument
        let consolidation: Consolidation
        let trees: ClauseTrees?

        init(_ version: AgreementVersion, _ index: Int, _ trees: ClauseTrees?) {
            document = version.members[index].document
            consolidation = version.consolidations[index]
            self.trees = trees
        }

        /// When the words that an instrument gave a clause are in force.
        func periods(of clause: String, by instrument: String) -> String {
            consolidation.periods.filter { $0.clause.id == clause && $0.instrument == instrument }
                .map { "\($0.from) to \($0.to)" }.joined(separator: ", ")
        }

        func kind(of clause: String, in instrument: String) -> String? {
            document.instruments.first { $0.id == instrument }?.operations.first { $0.clauseID == clause }?
                .clause?.kind.name
        }
    }

    private mutating func compareInstruments(_ before: AllTime?, _ after: AllTime?) {
        let agreement = after?.document.id ?? before?.document.id ?? ""
        func ids(_ side: AllTime?) -> [String] { side?.trees?.instruments.keys.sorted() ?? [] }
        for instrument in Set(ids(before) + ids(after)).sorted() {
            let (left, right) = (before?.trees?.instruments[instrument], after?.trees?.instruments[instrument])
            compareInstrument(instrument, left, right, (before?.trees, after?.trees))
            let words = (
                before?.trees?.clauses(of: instrument) ?? [:], after?.trees?.clauses(of: instrument) ?? [:]
            )
            for clause in Set(Array(words.0.keys) + Array(words.1.keys)).sorted() {
                let kind =
                    after?.kind(of: clause, in: instrument) ?? before?.kind(of: clause, in: instrument) ?? ""
                let change = Self.compare(
                    "\(agreement)/\(clause)", words.0[clause], words.1[clause], kind: kind,
                    instruments: (left == nil ? nil : instrument, right == nil ? nil : instrument))
                if let change {
                    clauses.append(change)
                    continue
                }
                let times = (
                    before?.periods(of: clause, by: instrument) ?? "", after?.periods(of: clause, by: instrument) ?? ""
                )
                guard times.0 != times.1 else { continue }
                clauses.append(
                    Change(
                        fate: .changed, subject: "\(agreement)/\(clause)", kind: kind, instrumentBefore: instrument,
                        instrumentAfter: instrument,
                        fields: [FieldChange(field: "in force", before: times.0, after: times.1)], endedAt: nil))
            }
        }
    }

    /// Compares the fields of an instrument, beside its clauses.
    private mutating func compareInstrument(
        _ id: String, _ before: YAMLNode?, _ after: YAMLNode?, _ trees: (ClauseTrees?, ClauseTrees?)
    ) {
        var fields: [FieldChange] = []
        for field in InstrumentReading.table.names where !["id", "clauses", "operations", "statements"].contains(field)
        {
            fields += Self.change(field, before?.entry(field)?.value, after?.entry(field)?.value)
        }
        let statements = (trees.0?.statements(of: id) ?? [:], trees.1?.statements(of: id) ?? [:])
        for name in Set(Array(statements.0.keys) + Array(statements.1.keys)).sorted() {
            fields += Self.change("statements.\(name)", statements.0[name], statements.1[name])
        }
        let operations = (Self.bareOperations(before), Self.bareOperations(after))
        for (name, subject) in operations.0 where !operations.1.contains(where: { $0 == (name, subject) }) {
            fields.append(FieldChange(field: name, before: subject, after: nil))
        }
        for (name, subject) in operations.1 where !operations.0.contains(where: { $0 == (name, subject) }) {
            fields.append(FieldChange(field: name, before: nil, after: subject))
        }
        guard before == nil || after == nil || !fields.isEmpty else { return }
        instruments.append(
            Change(
                fate: before == nil ? .added : after == nil ? .removed : .changed, subject: id, kind: "instrument",
                instrumentBefore: "", instrumentAfter: "", fields: fields, endedAt: nil))
    }

    /// What an instrument does to clauses without giving them words, in its order, with the dates beside it.
    private static func bareOperations(_ instrument: YAMLNode?) -> [(name: String, subject: String)] {
        (instrument?.entry("operations")?.value.items ?? []).compactMap { item in
            guard let verb = ["end", "suspend", "resume"].compactMap({ item.entry($0) }).first else { return nil }
            let dates = ["from", "until", "through"].compactMap { key in
                item.entry(key).map { "\(key) \(FlowText.text(of: $0.value))" }
            }
            return (verb.key, ([FlowText.text(of: verb.value)] + dates).joined(separator: ", "))
        }
    }

    // MARK: Fields

    /// Compares the words of a clause; `nil` where they are the same.
    private static func compare(
        _ subject: String, _ before: YAMLNode?, _ after: YAMLNode?, kind: String, instruments: (String?, String?)
    ) -> Change? {
        let table = ClauseTrees.fields(ofKind: kind)
        var fields: [FieldChange] = []
        for field in table where field.name != "id" && field.name != "kind" {
            let (left, right) = (before?.entry(field.name)?.value, after?.entry(field.name)?.value)
            // A default is words too: writing it out, or leaving it to the language, is no change.
            let written = before == nil || after == nil ? nil : field.written
            fields += change(field.name, left, right, written: written)
        }
        let fate: Fate = before == nil ? .added : after == nil ? .removed : .changed
        guard fate != .changed || !fields.isEmpty else { return nil }
        return Change(
            fate: fate, subject: subject, kind: kind, instrumentBefore: instruments.0 ?? "",
            instrumentAfter: instruments.1 ?? "", fields: fields, endedAt: nil)
    }

    private static func change(
        _ field: String, _ before: YAMLNode?, _ after: YAMLNode?, written: String? = nil
    ) -> [FieldChange] {
        let (left, right) = (before.map(FlowText.text), after.map(FlowText.text))
        guard left ?? written != right ?? written else { return [] }
        return [
            FieldChange(
                field: field, before: left ?? written.map { "\($0) (default)" },
                after: right ?? written.map { "\($0) (default)" })
        ]
    }
}
