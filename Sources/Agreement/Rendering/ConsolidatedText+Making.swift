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
                source: instrument.source)
        }
        clauses = making.terms.clauses.map { making.entry($0, words: words($0.clause)) }
        statements = making.inEffect.flatMap { instrument in
            instrument.statements.map {
                StatementLine(id: $0.id, instrument: instrument.id, text: $0.text, source: $0.source)
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
            let periodFields = ["from", "until", "through"]
            let aside = periodFields + ["id", "kind", "text", "source", "assumed", "carve_outs"]
            return Entry(
                id: clause.id, kind: clause.kind.name, instrument: inForce.instrument, isOutOfTerm: inForce.isLapsed,
                words: words, quote: clause.text, source: clause.source,
                fields: ClauseTrees.fields(ofKind: clause.kind.name).filter { !aside.contains($0.name) }.compactMap {
                    field($0, of: node, assumed: clause.assumed)
                },
                carveOuts: clause.carveOuts.map { carveOut($0, of: node) },
                writtenPeriod: periodFields.compactMap { name in
                    node?.entry(name).map { Line(name: name, value: FlowText.text(of: $0.value)) }
                },
                from: zone.text(of: inForce.from), to: zone.text(of: inForce.to), defaults: defaults(beside: clause),
                history: OperationLog.lines(of: clause.id, in: document, trees).map { line in
                    HistoryLine(
                        day: zone.day(of: line.effective).description, what: line.what, instrument: line.instrument,
                        isToCome: line.effective > at)
                })
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
