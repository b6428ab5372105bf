// SPDX-License-Identifier: Apache-2.0

/// Checks that clauses that define events say the same as the top of the file, which decisions read, and that one alone
/// defines an event at a time.
enum EventCheck {
    static func run(_ instruments: [PlacedInstrument], events: [EventDeclaration], _ context: ReadingContext) {
        for placed in instruments.flatMap(\.operations) {
            guard case .eventDefinition(let definition)? = placed.operation.clause?.kind,
                let event = events.first(where: { $0.id == definition.event })
            else { continue }
            let pairs = [
                ("declared_by", Optional(definition.declaredBy), Optional(event.declaredBy)),
                ("verified_by", definition.verifiedBy, event.verifiedBy),
            ]
            for (key, here, there) in pairs where here != there {
                context.error(
                    .eventDiffers, at: placed.node.entry(key)?.value.place ?? placed.idPlace, offending: here ?? "",
                    message:
                        "the event `\(event.id)` has `\(key)`: \(there.map { "`\($0)`" } ?? "nobody") under `events`",
                    expected: there.map { "`\(key): \($0)`" } ?? "no `\(key)`",
                    mend: "write the same in both places, as the paper has it")
            }
        }
    }

    /// Refuses a second definition of an event while another is in force.
    static func checkOverlaps(
        _ placed: [PlacedInstrument], of document: AgreementDocument, _ context: ReadingContext
    ) {
        // What was adopted before this was refused must stay readable.
        guard !context.mayLackInstruments else { return }
        // Drafts may be alternatives to each other: each is judged alone on top of what is signed.
        let drafts = placed.map(\.instrument).filter(\.isDraft).map(\.id)
        for draft in [nil] + drafts.map({ Optional($0) }) {
            let chosen = draft.map { DraftSelection.only([$0]) } ?? .none
            let definitions = Consolidation(document, known: Knowledge(), drafts: chosen).periods.compactMap {
                period in
                if case .eventDefinition(let definition) = period.clause.kind { return (definition.event, period) }
                return nil
            }
            var told: Set<[String]> = []
            for (index, (event, period)) in definitions.enumerated() {
                let other = definitions[..<index].first {
                    $0.0 == event && $0.1.clause.id != period.clause.id && period.from < $0.1.to
                }?.1
                guard let other, draft.map({ [period.instrument, other.instrument].contains($0) }) ?? true,
                    told.insert([period.instrument, period.clause.id]).inserted
                else { continue }
                report(event, period, other, placed, context)
            }
        }
    }

    private static func report(
        _ event: String, _ period: ClausePeriod, _ other: ClausePeriod, _ placed: [PlacedInstrument],
        _ context: ReadingContext
    ) {
        let operation = placed.first { $0.instrument.id == period.instrument }?.operations.first {
            $0.operation.clause?.id == period.clause.id
        }
        guard let operation else { return }
        context.error(
            .eventDefinedTwice, at: operation.node.entry("event")?.value.place ?? operation.idPlace, offending: event,
            message:
                "`\(other.clause.id)` of `\(other.instrument)` defines the event too, and is in force at \(period.from)",
            expected: "one definition of an event at a time",
            mend: "`replace` that clause instead, or `end` it before this one begins")
    }
}
