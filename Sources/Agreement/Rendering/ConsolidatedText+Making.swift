// SPDX-License-Identifier: Apache-2.0

extension ConsolidatedText {
    /// Puts together the text in force at an instant.
    ///
    /// - Parameters:
    ///   - member: the agreement as read.
    ///   - at: the instant.
    ///   - words: what a clause means, in sentences; none where it has no words.
    package init(of member: AgreementVersion.Member, at: Instant, words: (Clause) -> [String] = { _ in [] }) {
        let document = member.document
        let zone = DayZone(named: document.timezone) ?? .utc
        let making = Making(member, at: at, zone: zone)
        agreement = document.id
        title = document.title
        timezone = document.timezone
        self.at = zone.text(of: at)
        parties = document.parties.map { Line(name: $0.id, value: $0.name) }
        clouds = document.clouds.map { cloud in
            Line(
                name: cloud.id,
                value: document.parties.first { $0.id == cloud.operatedBy }?.name ?? cloud.operatedBy)
        }
        events = document.events.map { event in
            Line(
                name: event.id,
                value: "declared by \(event.declaredBy)" + (event.verifiedBy.map { ", verified by \($0)" } ?? ""))
        }
        instruments = making.inEffect.map { instrument in
            InstrumentLine(
                id: instrument.id, kind: instrument.kind.rawValue, title: instrument.title,
                signed: zone.day(of: instrument.signed).description, effective: zone.text(of: instrument.effective),
                source: instrument.source,
                proposals: instrument.proposals.map { making.proposal($0, of: instrument, words: words($0)) })
        }
        clauses = making.terms.clauses.map { making.entry($0, words: words($0.clause)) }
        let shown = Set(clauses.map(\.id))
        statements = making.inEffect.flatMap { instrument in
            instrument.statements.map { statement in
                StatementLine(
                    id: statement.id, instrument: instrument.id, text: statement.text, source: statement.source,
                    about: statement.about.map { AboutLine(clause: $0, isShown: shown.contains($0)) })
            }
        }
    }

    /// What the parts of a text are made from.
    private struct Making {
        let document: AgreementDocument
        let trees: ClauseTrees
        let terms: Terms
        let at: Instant
        let zone: DayZone

        init(_ member: AgreementVersion.Member, at: Instant, zone: DayZone) {
            document = member.document
            trees = ClauseTrees(member.canonical)
            terms = Terms(of: [(document, Consolidation(document, events: member.events))], at: at)
            self.at = at
            self.zone = zone
        }

        var inEffect: [Instrument] {
            Consolidation.ordered(document.instruments.filter { !$0.isDraft && $0.effective <= at })
        }

        func entry(_ inForce: Terms.InForce, words: [String]) -> Entry {
            let clause = inForce.clause
            let node = trees.clauses(of: inForce.instrument)[clause.id]
            return Entry(
                id: clause.id, kind: clause.kind.name, instrument: inForce.instrument, isOutOfTerm: inForce.isLapsed,
                words: words, quote: clause.text, source: clause.source,
                fields: fields(of: clause, node, but: Self.aside + Self.periodFields),
                carveOuts: clause.carveOuts.map { carveOut($0, of: node) },
                writtenPeriod: Self.periodFields.compactMap { name in
                    node?.entry(name).map { Line(name: name, value: FlowText.text(of: $0.value)) }
                },
                from: zone.text(of: inForce.from), to: zone.text(of: inForce.to), defaults: defaults(beside: clause),
                history: OperationLog.lines(of: clause.id, in: document, trees).map { line in
                    HistoryLine(
                        day: zone.day(of: line.effective).description, what: line.what, instrument: line.instrument,
                        isToCome: line.effective > at)
                })
        }

        func proposal(_ clause: Clause, of instrument: Instrument, words: [String]) -> ProposalLine {
            let node = trees.clauses(of: instrument.id)[clause.id]
            return ProposalLine(
                id: clause.id, kind: clause.kind.name, words: words, quote: clause.text, source: clause.source,
                fields: fields(of: clause, node, but: Self.aside),
                carveOuts: clause.carveOuts.map { carveOut($0, of: node) })
        }

        private static let periodFields = ["from", "until", "through"]
        /// What is shown otherwise than as a field.
        private static let aside = ["id", "kind", "text", "source", "assumed", "carve_outs"]

        private func fields(of clause: Clause, _ node: YAMLNode?, but aside: [String]) -> [FieldLine] {
            ClauseTrees.fields(ofKind: clause.kind.name).filter { !aside.contains($0.name) }.compactMap {
                field($0, of: node, assumed: clause.assumed)
            }
        }

        private func field(_ field: FieldDescription, of node: YAMLNode?, assumed: [String]) -> FieldLine? {
            if let value = node?.entry(field.name)?.value {
                return FieldLine(
                    name: field.name, value: FlowText.text(of: value),
                    origin: assumed.contains(field.name) ? .assumed : .written)
            }
            return field.written.map { FieldLine(name: field.name, value: $0, origin: .byDefault) }
        }

        private func carveOut(_ carveOut: CarveOut, of node: YAMLNode?) -> CarveOutLine {
            let item = node?.entry("carve_outs")?.value.items?.first {
                $0.entry("id")?.value.text == carveOut.id
            }
            return CarveOutLine(
                id: carveOut.id, appliesTo: item?.entry("applies_to").map { FlowText.text(of: $0.value) } ?? "",
                text: carveOut.text)
        }

        /// What counts as evidence for the ground `capacity` where no clause in force says so.
        private func defaults(beside clause: Clause) -> [FieldLine] {
            guard clause.namedGrounds.contains(.capacity), let cloud = clause.groundCloud else { return [] }
            let isSaid = terms.clauses.contains { other in
                if case .sufficiency(let sufficiency) = other.clause.kind { return sufficiency.cloud == cloud }
                return false
            }
            guard !isSaid else { return [] }
            return ClauseKind.sufficiency.fields.compactMap { field in
                field.written.map { FieldLine(name: field.name, value: $0, origin: .byDefault) }
            }
        }
    }
}
