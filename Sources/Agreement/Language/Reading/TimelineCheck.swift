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
        let adopted = instruments.filter { !$0.instrument.isDraft && $0.instrument.kind.changesTerms }
        walk(adopted) { _ in true }
        // Drafts may be alternatives to each other: each is judged alone on top of what is signed.
        for draft in instruments where draft.instrument.isDraft && draft.instrument.kind.changesTerms {
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
                if context.mayLackInstruments, amended != placed.instrument.id { continue }
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
            if !target.instrument.kind.changesTerms {
                context.error(
                    .amendsWithoutTerms, at: placed.amendsPlace, offending: amended,
                    message: "`\(amended)` is of the kind `\(target.instrument.kind.rawValue)`, which has no terms",
                    expected: "an agreement, an amendment or a side letter",
                    mend: "name the instrument whose terms are changed")
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
            let id = operation.operation.clauseID
            let effective = placed.instrument.effective
            let noun = operation.operation.clause == nil ? "operation" : "clause"
            if let from = operation.operation.writtenFrom, from < effective {
                context.error(
                    .fromBeforeEffective, at: operation.fromPlace, offending: id,
                    message: "the \(noun) begins before its instrument takes effect, at \(effective)",
                    expected: "a beginning on or after the instrument's effective date",
                    mend: "delete `from`, or move the instrument's effective date")
            }
            let from = operation.operation.actsFrom(in: placed.instrument)
            guard let until = operation.operation.writtenUntil, until.isOver(at: from, events: []) else { continue }
            let isReversed = until.isOver(at: from.advanced(byNanoseconds: -1), events: [])
            let subject = operation.operation.clause == nil ? "suspension" : "clause"
            context.error(
                .emptyPeriod, at: operation.untilPlace, offending: id,
                message: isReversed
                    ? "the \(subject) is over before it begins, at \(from)"
                    : "the period of the \(subject) is empty: it is over when it begins, at \(from)",
                expected: "an end after the beginning", mend: "check `from`, `until` and the instrument's dates")
        }
    }

    // MARK: Clauses over time

    /// Follows each clause through the instruments in their order, and reports for the chosen ones.
    private func walk(_ chosen: [PlacedInstrument], reporting reports: (PlacedInstrument) -> Bool) {
        var histories: [String: ClauseHistory] = [:]
        let order = chosen.sorted {
            let (left, right) = ($0.instrument, $1.instrument)
            return (left.effective, left.precedence ?? 0, left.id) < (right.effective, right.precedence ?? 0, right.id)
        }
        for placed in order {
            var own: [String: Bool] = [:]
            for operation in placed.operations {
                let id = operation.operation.clauseID
                if let wasAddition = own.updateValue(operation.operation.isAddition, forKey: id) {
                    if reports(placed) { reportTwice(operation, wasAddition: wasAddition) }
                    continue
                }
                if reports(placed) {
                    check(operation, of: placed, histories)
                }
                histories[id, default: ClauseHistory()].apply(operation.operation, of: placed.instrument)
            }
        }
    }

    private func check(
        _ placed: PlacedOperation, of instrument: PlacedInstrument, _ histories: [String: ClauseHistory]
    ) {
        let history = histories[placed.operation.clauseID]
        let now = instrument.instrument.effective
        if let other = history?.lastInstrument, other.effective == now,
            other.precedence == nil || instrument.instrument.precedence == nil
                || other.precedence == instrument.instrument.precedence
        {
            reportPrecedence(placed, other, instrument.instrument)
            return
        }
        // It acts on what another paper of the same instant does, which may not be adopted yet.
        if context.mayLackInstruments, instrument.instrument.precedence != nil { return }
        let acting = placed.operation.actsFrom(in: instrument.instrument)
        if placed.operation.isAddition {
            if history?.hasWords(atOrAfter: acting) ?? false { reportInForce(placed, history) }
            return
        }
        guard let history, history.hasWords(atOrAfter: now) else {
            let known = histories.filter { $0.value.hasWords(atOrAfter: now) }.map(\.key)
            reportNotInForce(placed, history, known: known.sorted())
            return
        }
        if let kind = placed.operation.clause?.kind.name, let before = history.kindName, kind != before {
            context.error(
                .replaceChangesKind, at: placed.idPlace, offending: placed.operation.clauseID,
                message: "the clause is of the kind `\(before)`, its new words are of the kind `\(kind)`",
                expected: "words of the kind `\(before)`", mend: "end the clause, and add one with another identifier")
        }
        if case .resume = placed.operation, !history.hasSuspension(atOrAfter: acting) {
            context.error(
                .clauseNotSuspended, at: placed.idPlace, offending: placed.operation.clauseID,
                message: "no suspension of the clause runs at \(acting)",
                expected: "a clause that an earlier instrument suspended, for longer",
                mend: "check the identifier and the dates, or delete the operation")
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

    private func reportInForce(_ placed: PlacedOperation, _ history: ClauseHistory?) {
        let giver = history?.lastInstrument?.id ?? ""
        context.error(
            .clauseAlreadyInForce, at: placed.idPlace, offending: placed.operation.clauseID,
            message: "the clause is already in force, since `\(giver)`", expected: "an identifier that is free",
            mend: "use `replace` to change it, or choose another identifier")
    }

    private func reportNotInForce(_ placed: PlacedOperation, _ history: ClauseHistory?, known: [String]) {
        let id = placed.operation.clauseID
        let message: String
        if let history {
            let giver = history.lastInstrument?.id ?? ""
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
