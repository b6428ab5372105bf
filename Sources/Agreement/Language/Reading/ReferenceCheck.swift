// SPDX-License-Identifier: Apache-2.0

/// Checks that clauses that other clauses name are there, are of the right kind, and begin no later.
struct ReferenceCheck {
    private let instruments: [PlacedInstrument]
    private let context: ReadingContext
    /// What each clause is by now, and from which instruments; drafts know of signed clauses, not the other way round.
    private let known: [String: [(instrument: Instrument, clause: Clause)]]

    init(_ instruments: [PlacedInstrument], _ context: ReadingContext) {
        self.instruments = instruments
        self.context = context
        known = Dictionary(
            grouping: instruments.flatMap { placed in
                placed.operations.compactMap { operation in
                    operation.operation.clause.map { (placed.instrument, $0) }
                }
            }, by: { $0.1.id }
        ).mapValues { $0.map { (instrument: $0.0, clause: $0.1) } }
    }

    func run() {
        for placed in instruments {
            for operation in placed.operations {
                guard let clause = operation.operation.clause else { continue }
                check(clause, at: operation, in: placed.instrument)
            }
            checkStatements(of: placed)
        }
    }

    private func check(_ clause: Clause, at placed: PlacedOperation, in instrument: Instrument) {
        switch clause.kind {
        case .revenueShare(let share):
            guard let other = share.netsWith,
                let target = find(
                    other, named: "nets_with", in: placed.node, of: clause, instrument, kinds: ["revenue-share"])
            else { return }
            if case .revenueShare(let opposite) = target.kind,
                opposite.payer != share.payee || opposite.payee != share.payer
            {
                context.error(
                    .nettingDirection, at: place(of: "nets_with", in: placed.node), offending: other,
                    message:
                        "`\(other)` pays from `\(opposite.payer)` to `\(opposite.payee)`, so that nothing is netted",
                    expected: "a share that pays from `\(share.payee)` to `\(share.payer)`",
                    mend: "check the parties of both clauses")
            }
        case .spendCommitment(let spend):
            if case .clause(let other) = spend.incrementalTo {
                let node = placed.node.entry("incremental_to")?.value ?? placed.node
                _ = find(other, named: "clause", in: node, of: clause, instrument, kinds: ["spend-commitment"])
            }
            for other in spend.sharedWith {
                _ = find(
                    other, named: "shared_with", in: placed.node, of: clause, instrument, kinds: ["spend-commitment"])
            }
        case .statement(let statement):
            for other in statement.covers {
                _ = find(other, named: "covers", in: placed.node, of: clause, instrument, kinds: Self.moneyKinds)
            }
        case .audit(let audit):
            for other in audit.covers {
                _ = find(
                    other, named: "covers", in: placed.node, of: clause, instrument,
                    kinds: ClauseKind.all.map(\.name))
            }
        default:
            return
        }
    }

    /// Sentences must be about clauses that are there.
    private func checkStatements(of placed: PlacedInstrument) {
        let items = placed.node.entry("statements")?.value.items ?? []
        for (item, statement) in zip(items, placed.instrument.statements) {
            for id in statement.about {
                _ = find(
                    id, named: "about", in: item, of: nil, placed.instrument, kinds: ClauseKind.all.map(\.name))
            }
        }
    }

    private static let moneyKinds = ["revenue-share", "spend-commitment", "capacity-commitment", "price-terms"]

    private func find(
        _ id: String, named key: String, in node: YAMLNode, of clause: Clause?, _ instrument: Instrument,
        kinds: [String]
    ) -> Clause? {
        let offendingPlace = place(of: key, item: id, in: node)
        guard id != clause?.id else {
            context.error(
                .refersToItself, at: offendingPlace, offending: id, message: "the clause names itself",
                expected: "another clause", mend: "delete the name, or write the one that is meant")
            return nil
        }
        if context.mayLackInstruments, known[id] == nil { return nil }
        let candidates = (known[id] ?? []).filter {
            $0.instrument.effective <= instrument.effective && (!$0.instrument.isDraft || instrument.isDraft)
        }
        guard let target = candidates.max(by: { $0.instrument.effective < $1.instrument.effective })?.clause else {
            let names = known.keys.sorted()
            context.error(
                .noSuchClause, at: offendingPlace, offending: id,
                message: known[id] == nil
                    ? "no instrument has a clause of this name" : "the clause comes only with a later instrument",
                expected: "a clause of an instrument that takes effect no later than `\(instrument.id)`",
                mend: Resemblance.nearest(to: id, among: names.filter { $0 != id && $0 != clause?.id }).map {
                    "did you mean `\($0)`?"
                } ?? "check the name, or name the clause in an amendment that comes with it")
            return nil
        }
        guard kinds.contains(target.kind.name) else {
            context.error(
                .wrongClauseKind, at: offendingPlace, offending: id,
                message: "the clause is of the kind `\(target.kind.name)`",
                expected: kinds.count == 1
                    ? "a clause of the kind `\(kinds[0])`" : "a clause of one of the kinds \(FieldShape.quoted(kinds))",
                mend: "name the clause that is meant")
            return nil
        }
        return target
    }

    private func place(of key: String, item: String? = nil, in node: YAMLNode) -> Place {
        guard let value = node.entry(key)?.value else { return node.place }
        return value.items?.first { $0.text == item }?.place ?? value.place
    }
}
