// SPDX-License-Identifier: Apache-2.0

/// Checks that instruments fit together: identifiers, order, and operations on clauses that are there.
struct TimelineCheck {
    private let instruments: [PlacedInstrument]
    private let context: ReadingContext

    init(_ instruments: [PlacedInstrument], _ context: ReadingContext) {
        self.instruments = instruments
        self.context = context
    }

    func run() {
        checkIdentifiers()
        checkAmended()
        for placed in instruments { checkPeriods(of: placed) }
        let adopted = instruments.filter { !$0.instrument.isDraft }
        walk(adopted) { _ in true }
        // Drafts may be alternatives to each other: each is judged alone on top of what is signed.
        for draft in instruments where draft.instrument.isDraft {
            walk(adopted + [draft]) { $0.instrument.id == draft.instrument.id }
        }
    }

    // MARK: Instruments

    private func checkIdentifiers() {
        var seen: Set<String> = []
        for placed in instruments where !seen.insert(placed.instrument.id).inserted {
            context.error(
                .duplicateID, at: placed.idPlace, offending: placed.instrument.id,
                message: "another instrument has this identifier",
                expected: "an identifier of its own for each instrument", mend: "rename one of them")
        }
    }

    private func checkAmended() {
        let names = instruments.map(\.instrument.id)
        for placed in instruments {
            guard let amended = placed.instrument.amends else { continue }
            guard let target = instruments.first(where: { $0.instrument.id == amended }),
                amended != placed.instrument.id
            else {
                let others = names.filter { $0 != placed.instrument.id }
                let near = Resemblance.nearest(to: amended, among: others).map { "did you mean `\($0)`?" }
                context.error(
                    .unknownName, at: placed.amendsPlace, offending: amended,
                    message: amended == placed.instrument.id
                        ? "an instrument cannot amend itself" : "no such instrument is in the file",
                    expected: others.isEmpty ? "another instrument" : "one of \(FieldShape.quoted(others))",
                    mend: near ?? "name the instrument that is amended")
                continue
            }
            if target.instrument.effective > placed.instrument.effective {
                context.error(
                    .amendsLater, at: placed.effectivePlace, offending: placed.instrument.id,
                    message: "the amendment takes effect before `\(amended)`, which it amends",
                    expected: "an effective date on or after \(target.instrument.effective)", mend: "check both dates")
            }
            if target.instrument.isDraft, !placed.instrument.isDraft {
                context.error(
                    .amendsDraft, at: placed.amendsPlace, offending: amended,
                    message: "a signed amendment cannot amend the draft `\(amended)`",
                    expected: "an instrument without `draft: true`", mend: "mark this one as a draft too")
            }
        }
    }

    private func checkPeriods(of placed: PlacedInstrument) {
        for operation in placed.operations {
            guard let clause = operation.operation.clause else { continue }
            let effective = placed.instrument.effective
            if let from = clause.from, from < effective {
                context.error(
                    .fromBeforeEffective, at: operation.fromPlace, offending: clause.id,
                    message: "the clause begins before its instrument takes effect, at \(effective)",
                    expected: "a beginning on or after the instrument's effective date",
                    mend: "delete `from`, or move the instrument's effective date")
            }
            let from = max(clause.from ?? effective, effective)
            guard let until = clause.until, until.isOver(at: from, events: []) else { continue }
            let isReversed = until.isOver(at: from.advanced(byNanoseconds: -1), events: [])
            context.error(
                .emptyPeriod, at: operation.untilPlace, offending: clause.id,
                message: isReversed
                    ? "the clause is over before it begins, at \(from)"
                    : "the period of the clause is empty: it is over when it begins, at \(from)",
                expected: "an end after the beginning", mend: "check `from`, `until` and the instrument's dates")
        }
    }

    // MARK: Clauses over time

    /// What the instruments so far made of a clause.
    private struct History {
        var touchedBy: PlacedInstrument
        var kind: String?
        /// Whether an instrument has ended it.
        var isEnded: Bool
        /// The clause's own end.
        var until: Until?

        func isInForce(at instant: Instant) -> Bool {
            !isEnded && !(until?.isOver(at: instant, events: []) ?? false)
        }
    }

    /// Follows each clause through the instruments in their order, and reports for the chosen ones.
    private func walk(_ chosen: [PlacedInstrument], reporting reports: (PlacedInstrument) -> Bool) {
        var histories: [String: History] = [:]
        let order = chosen.sorted {
            let (left, right) = ($0.instrument, $1.instrument)
            return (left.effective, left.precedence ?? 0, left.id) < (right.effective, right.precedence ?? 0, right.id)
        }
        for placed in order {
            var own: [String: Bool] = [:]
            for operation in placed.operations {
                let id = operation.operation.clauseID
                let history = histories[id]
                if let wasAddition = own.updateValue(operation.operation.isAddition, forKey: id) {
                    if reports(placed) { reportTwice(operation, wasAddition: wasAddition) }
                    continue
                }
                if reports(placed) {
                    let now = placed.instrument.effective
                    check(
                        operation, of: placed, history,
                        known: histories.filter { $0.value.isInForce(at: now) }.map(\.key))
                }
                let clause = operation.operation.clause
                histories[id] = History(
                    touchedBy: placed, kind: clause?.kind.name ?? history?.kind, isEnded: clause == nil,
                    until: clause?.until)
            }
        }
    }

    private func check(
        _ placed: PlacedOperation, of instrument: PlacedInstrument, _ history: History?, known: [String]
    ) {
        let now = instrument.instrument.effective
        if let other = history?.touchedBy.instrument, other.effective == now,
            other.precedence == nil || instrument.instrument.precedence == nil
                || other.precedence == instrument.instrument.precedence
        {
            reportPrecedence(placed, other, instrument.instrument)
            return
        }
        let isInForce = history?.isInForce(at: now) ?? false
        if placed.operation.isAddition {
            if isInForce { reportInForce(placed, history) }
        } else if !isInForce {
            reportNotInForce(placed, history, known: known.sorted())
        } else if let kind = placed.operation.clause?.kind.name, let before = history?.kind, kind != before {
            context.error(
                .replaceChangesKind, at: placed.idPlace, offending: placed.operation.clauseID,
                message: "the clause is of the kind `\(before)`, its new words are of the kind `\(kind)`",
                expected: "words of the kind `\(before)`", mend: "end the clause, and add one with another identifier")
        }
    }

    // MARK: Reports

    private func reportPrecedence(_ placed: PlacedOperation, _ other: Instrument, _ own: Instrument) {
        let both = own.precedence != nil && other.precedence != nil
        context.error(
            .precedenceNeeded, at: placed.idPlace, offending: placed.operation.clauseID,
            message: "`\(other.id)` touches the same clause at the same instant"
                + (both ? ", with the same precedence" : ", and not both have a precedence"),
            expected: "`precedence` in both instruments, with different numbers",
            mend: "say which of them governs: the higher number goes later")
    }

    private func reportTwice(_ placed: PlacedOperation, wasAddition: Bool) {
        guard !wasAddition || !placed.operation.isAddition else {
            context.error(
                .duplicateID, at: placed.idPlace, offending: placed.operation.clauseID,
                message: "another clause of this instrument has this identifier",
                expected: "an identifier of its own for each clause", mend: "rename one of them")
            return
        }
        context.error(
            .clauseTouchedTwice, at: placed.idPlace, offending: placed.operation.clauseID,
            message: "the instrument already says something about this clause",
            expected: "one operation on a clause in one instrument",
            mend: "use `replace` instead of `end` and `add`, or give the new clause another identifier")
    }

    private func reportInForce(_ placed: PlacedOperation, _ history: History?) {
        let giver = history?.touchedBy.instrument.id ?? ""
        context.error(
            .clauseAlreadyInForce, at: placed.idPlace, offending: placed.operation.clauseID,
            message: "the clause is already in force, since `\(giver)`", expected: "an identifier that is free",
            mend: "use `replace` to change it, or choose another identifier")
    }

    private func reportNotInForce(_ placed: PlacedOperation, _ history: History?, known: [String]) {
        let id = placed.operation.clauseID
        let message: String
        if let history {
            let giver = history.touchedBy.instrument.id
            message =
                history.isEnded
                ? "the clause was ended by `\(giver)`" : "the clause was over by its own terms, as `\(giver)` has them"
        } else {
            message = "no instrument has added this clause by then"
        }
        context.error(
            .clauseNotInForce, at: placed.idPlace, offending: id, message: message,
            expected: known.isEmpty ? "a clause in force" : "one of the clauses in force: \(FieldShape.quoted(known))",
            mend: history != nil
                ? "delete the operation, or `add` the clause again"
                : Resemblance.nearest(to: id, among: known).map { "did you mean `\($0)`?" }
                    ?? "check the identifier and the order of the effective dates")
    }
}
