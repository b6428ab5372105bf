// SPDX-License-Identifier: Apache-2.0

/// The clauses of an agreement over time: what each instrument added, replaced, ended, suspended and resumed, in one
/// list of periods.
///
/// Periods are closed-open. Ended periods stay listed, so that a lapsed licence can be seen.
package struct Consolidation: Sendable {
    /// Every period in which a clause is in force, ordered by its beginning, then by the clause's identifier.
    package let periods: [ClausePeriod]
    /// Every period in which a clause is suspended, in the same order.
    package let suspensions: [SuspendedPeriod]
    /// Every instant at which something begins or ends, in order, each once.
    package let boundaries: [Instant]

    /// Consolidates an agreement as it is known.
    ///
    /// - Parameters:
    ///   - document: the agreement with all its instruments.
    ///   - known: which of them, and which events, are known; a reversal reopens the periods that the event ended.
    ///   - drafts: which drafts count as if they were adopted.
    package init(_ document: AgreementDocument, known: Knowledge, drafts: DraftSelection = .none) {
        var histories: [String: ClauseHistory] = [:]
        for instrument in Self.ordered(document.instruments)
        where instrument.kind.changesTerms && drafts.includes(instrument) && known.knows(instrument) {
            for operation in instrument.operations {
                histories[operation.clauseID, default: ClauseHistory()].apply(operation, of: instrument)
            }
        }
        let events = known.knownEvents
        let periods = histories.values.flatMap { $0.periods(events: events) }.sorted {
            ($0.from, $0.clause.id, $0.to) < ($1.from, $1.clause.id, $1.to)
        }
        self.periods = periods
        suspensions = histories.flatMap { $0.value.suspensions(of: $0.key, events: events) }.sorted {
            ($0.from, $0.clause, $0.to) < ($1.from, $1.clause, $1.to)
        }
        let edges = Set(periods.flatMap { [$0.from, $0.to] }).subtracting([.distantPast, .distantFuture])
        boundaries = edges.sorted()
    }

    /// Consolidates an agreement with everything that is known.
    ///
    /// - Parameters:
    ///   - document: the agreement with all its instruments.
    ///   - events: what is known to have happened.
    ///   - includingDrafts: whether drafts count as if they were adopted.
    package init(_ document: AgreementDocument, events: [EventOccurrence] = [], includingDrafts: Bool = false) {
        self.init(document, known: Knowledge(events: events), drafts: includingDrafts ? .all : .none)
    }

    /// The clauses in force at an instant, in the order of ``periods``.
    package func clauses(at instant: Instant) -> [ClausePeriod] {
        periods.filter { $0.contains(instant) }
    }

    /// Until when the clauses in force at an instant stay the same; ``Instant/distantFuture`` where nothing follows.
    package func nextBoundary(after instant: Instant) -> Instant {
        boundaries.first { $0 > instant } ?? .distantFuture
    }

    /// Instruments in the order in which they act: by effect, then by precedence, then by identifier.
    package static func ordered(_ instruments: [Instrument]) -> [Instrument] {
        instruments.sorted {
            ($0.effective, $0.precedence ?? 0, $0.id) < ($1.effective, $1.precedence ?? 0, $1.id)
        }
    }
}
