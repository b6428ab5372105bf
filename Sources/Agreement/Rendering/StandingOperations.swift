// SPDX-License-Identifier: Apache-2.0

/// What of an agreement's instruments a file of the text in force needs: the words that are in force then or later, the
/// words that those name, and everything that was done to either since.
struct StandingOperations {
    /// One operation.
    struct Line {
        var instrument: Instrument
        var operation: Instrument.Operation
        /// Whether nothing earlier of its clause is needed, so that the clause begins here.
        var isFirst: Bool
    }

    /// The operations, in the order in which they act.
    let lines: [Line]

    /// - Parameters:
    ///   - instruments: the papers that count, in the order in which they act.
    ///   - consolidation: of these papers alone.
    ///   - terms: what they say at the instant.
    ///   - at: the instant.
    init(_ instruments: [Instrument], _ consolidation: Consolidation, _ terms: Terms, at: Instant) {
        let all = instruments.filter(\.kind.changesTerms).flatMap { instrument in
            instrument.operations.map { Line(instrument: instrument, operation: $0, isFirst: false) }
        }
        let courses = Dictionary(grouping: all) { $0.operation.clauseID }
        var search = Search(courses: courses, suspensions: consolidation.suspensions)
        // A licence that has run out is among the terms, because it forbids.
        for inForce in terms.clauses { search.need(inForce.clause.id, as: inForce.instrument) }
        for period in consolidation.periods where period.to > at {
            search.need(period.clause.id, as: period.instrument)
        }
        var seen: [String: Int] = [:]
        lines = all.compactMap { line in
            let id = line.operation.clauseID
            let position = seen[id, default: 0]
            seen[id] = position + 1
            guard let first = search.first[id], position >= first else { return nil }
            return Line(instrument: line.instrument, operation: line.operation, isFirst: position == first)
        }
    }

    /// Whether a paper may name a clause: it has words by then.
    func names(_ clause: String, in instrument: Instrument) -> Bool {
        lines.contains {
            $0.operation.clause?.id == clause && $0.instrument.effective <= instrument.effective
        }
    }

    /// Finds from where on the course of each clause is needed.
    private struct Search {
        let courses: [String: [Line]]
        let suspensions: [SuspendedPeriod]
        private(set) var first: [String: Int] = [:]

        init(courses: [String: [Line]], suspensions: [SuspendedPeriod]) {
            self.courses = courses
            self.suspensions = suspensions
        }

        /// Takes in the words that an instrument gave a clause, and all that they name.
        mutating func need(_ clause: String, as instrument: String) {
            var wanted = [(clause: clause, instrument: instrument)]
            while let (clause, instrument) = wanted.popLast() {
                let course = courses[clause] ?? []
                guard
                    let words = course.firstIndex(where: {
                        $0.instrument.id == instrument && $0.operation.clause != nil
                    })
                else { continue }
                let start = beginning(of: words, in: course)
                let known = first[clause] ?? course.count
                guard start < known else { continue }
                first[clause] = start
                for line in course[start..<known] {
                    for other in line.operation.clause?.clausesNamed ?? [] {
                        let named = courses[other]?.last {
                            $0.operation.clause != nil && $0.instrument.effective <= line.instrument.effective
                        }
                        if let named { wanted.append((other, named.instrument.id)) }
                    }
                }
            }
        }

        /// The words from which on a course has to be told; earlier than those wanted where a suspension lasts into them.
        private func beginning(of words: Int, in course: [Line]) -> Int {
            let from = course[words].operation.actsFrom(in: course[words].instrument)
            let lasting = course[..<words].firstIndex { line in
                guard case .suspend = line.operation else { return false }
                return suspensions.contains {
                    $0.clause == line.operation.clauseID && $0.instrument == line.instrument.id && $0.to > from
                }
            }
            guard let lasting, let earlier = course[..<lasting].lastIndex(where: { $0.operation.clause != nil }) else {
                return words
            }
            return beginning(of: earlier, in: course)
        }
    }
}

extension Clause {
    /// The clauses that the clause names.
    fileprivate var clausesNamed: [String] {
        switch kind {
        case .revenueShare(let share):
            return [share.netsWith].compactMap { $0 }
        case .spendCommitment(let spend):
            if case .clause(let other) = spend.incrementalTo { return [other] + spend.sharedWith }
            return spend.sharedWith
        case .statement(let statement):
            return statement.covers
        case .audit(let audit):
            return audit.covers
        default:
            return []
        }
    }
}
