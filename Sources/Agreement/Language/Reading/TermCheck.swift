// SPDX-License-Identifier: Apache-2.0

/// Checks that the days written inside a clause lie within its term, and reach its end where they must.
struct TermCheck {
    private let context: ReadingContext
    private let operation: PlacedOperation
    /// The first instant of the term.
    private let from: Instant
    /// The first instant after it whatever happens; `nil` where it may stay open.
    private let end: Instant?

    static func run(_ instruments: [PlacedInstrument], _ context: ReadingContext) {
        for placed in instruments {
            for operation in placed.operations {
                guard let clause = operation.operation.clause else { continue }
                TermCheck(clause, operation, placed.instrument, context).check(clause)
            }
        }
    }

    private init(
        _ clause: Clause, _ operation: PlacedOperation, _ instrument: Instrument, _ context: ReadingContext
    ) {
        self.context = context
        self.operation = operation
        from = max(clause.from ?? instrument.effective, instrument.effective)
        end = clause.until?.latestEnd
    }

    private func check(_ clause: Clause) {
        switch clause.kind {
        case .spendCommitment(let spend):
            switch spend.schedule {
            case .total:
                break
            case .steps(let steps):
                check(steps.map(\.from), "from", of: "steps")
                check(steps.map(\.through), "through", of: "steps")
                checkReachesEnd(steps.last?.through, of: "steps")
                checkBegins(steps.first?.from)
            case .milestones(let milestones):
                check(milestones.map(\.through), "through", of: "milestones")
                checkReachesEnd(milestones.last?.through, of: "milestones")
            }
            checkMinimum(spend)
        case .capacityCommitment(let capacity):
            check(capacity.ramp.map(\.by), "by", of: "ramp")
        case .priceTerms(let prices):
            let place = operation.node.entry("hold_through")?.value.place
            if let day = prices.holdThrough, let place { check(day, at: place) }
        case .revenueShare(let share):
            // Payments before the clause may count towards its cap, those after its end do not exist.
            guard let cap = share.cap, let end, context.zone.start(of: cap.countsFrom) >= end else { return }
            let place = operation.node.entry("cap")?.value.entry("counts_from")?.value.place
            reportOutside(cap.countsFrom, isTooEarly: false, at: place ?? operation.idPlace)
        default:
            return
        }
    }

    private func items(of key: String) -> [YAMLNode] {
        operation.node.entry(key)?.value.items ?? []
    }

    private func check(_ days: [CivilDate], _ key: String, of list: String) {
        for (item, day) in zip(items(of: list), days) {
            check(day, at: item.entry(key)?.value.place ?? item.place)
        }
    }

    private func check(_ day: CivilDate, at place: Place) {
        let start = context.zone.start(of: day)
        if start < from {
            reportOutside(day, isTooEarly: true, at: place)
        } else if let end, start >= end {
            reportOutside(day, isTooEarly: false, at: place)
        }
    }

    private func reportOutside(_ day: CivilDate, isTooEarly: Bool, at place: Place) {
        context.error(
            .outsideTerm, at: place, offending: day.description,
            message: isTooEarly
                ? "the day is before the clause begins, at \(from)"
                : "the day is after the clause is over, at \(end ?? from)",
            expected: "a day within the clause's own period", mend: "check the day, or `from` and the clause's end")
    }

    private func checkBegins(_ first: CivilDate?) {
        guard let first, let item = items(of: "steps").first, context.zone.start(of: first) > from else { return }
        context.error(
            .termNotCovered, at: item.entry("from")?.value.place ?? item.place, offending: first.description,
            message: "the clause begins before its first step, at \(from), so that no amount holds until then",
            expected: "a first step that begins with the clause",
            mend: "write `from: \(first)` in the clause for a delayed start, or check the step")
    }

    private func checkReachesEnd(_ last: CivilDate?, of list: String) {
        guard let last, let end, let item = items(of: list).last else { return }
        let reached = context.zone.start(of: CivilDate(daysSinceEpoch: last.daysSinceEpoch + 1))
        guard reached < end else { return }
        context.error(
            .termNotCovered, at: item.entry("through")?.value.place ?? item.place, offending: last.description,
            message: "the term goes on after the last of the `\(list)`, to \(end)",
            expected: "a last one that ends with the clause",
            mend: "add what is missing, or end the clause on \(last)")
    }

    /// Refuses minima that add up to more than the whole, counted in the whole periods that the term holds at least.
    private func checkMinimum(_ spend: SpendCommitmentClause) {
        guard let minimum = spend.minimum, let end, minimum.amount.currency == spend.amount.currency else { return }
        // A month has at most 31 days, so that this counts none that is not there.
        let days = end.milliseconds(since: from) / 86_400_000
        let periods = days / (31 * minimum.period.months)
        guard periods > 0, minimum.amount.femtoUnits > spend.amount.femtoUnits / Int128(periods) else { return }
        context.error(
            .minimumExceedsTotal, at: operation.node.entry("minimum")?.value.place ?? operation.idPlace,
            offending: minimum.amount.description,
            message: "at least \(periods) times \(minimum.amount) are more than the commitment of \(spend.amount)",
            expected: "minima that add up to at most the amount", mend: "check the minimum, its period and the amount")
    }
}
