// SPDX-License-Identifier: Apache-2.0

/// What the instruments so far made of one clause.
///
/// Of the operations that act by an instant, the one of the last instrument decides whether the clause has words then,
/// and which; of its suspensions and resumptions the last one decides whether it is suspended.
struct ClauseHistory {
    /// Words of the clause between two instruments, before their own end is looked at.
    private struct Words {
        var clause: Clause
        var instrument: String
        var from: Instant
        var to: Instant
    }

    /// A suspension, before its own end is looked at.
    private struct Pause {
        var instrument: String
        var from: Instant
        var to: Instant
        var until: Until?
    }

    private var words: [Words] = []
    private var pauses: [Pause] = []
    /// The instrument that touched the clause last.
    private(set) var lastInstrument: Instrument?
    /// Whether the last instrument that touched its words ended it.
    private(set) var isEnded = false

    /// Takes in the next operation; instruments come in their order.
    mutating func apply(_ operation: Instrument.Operation, of instrument: Instrument) {
        let from = operation.actsFrom(in: instrument)
        lastInstrument = instrument
        switch operation {
        case .add(let clause), .replace(let clause):
            isEnded = false
            cutWords(at: from)
            if operation.isAddition { cutPauses(at: from) }
            words.append(Words(clause: clause, instrument: instrument.id, from: from, to: .distantFuture))
        case .end:
            isEnded = true
            cutWords(at: from)
        case .suspend(let suspension):
            cutPauses(at: from)
            pauses.append(
                Pause(instrument: instrument.id, from: from, to: .distantFuture, until: suspension.until))
        case .resume:
            cutPauses(at: from)
        }
    }

    /// The kind of the words that were written last; `nil` before the first.
    var kindName: String? { words.last?.clause.kind.name }

    /// Whether the clause has words at an instant or later, as long as no event happens.
    func hasWords(atOrAfter instant: Instant) -> Bool {
        words.contains { span in
            let first = max(span.from, instant)
            return first < span.to && !(span.clause.until?.isOver(at: first, events: []) ?? false)
        }
    }

    /// Whether a suspension runs at an instant or later, as long as no event happens.
    func hasSuspension(atOrAfter instant: Instant) -> Bool {
        pauses.contains { pause in
            let first = max(pause.from, instant)
            return first < pause.to && !(pause.until?.isOver(at: first, events: []) ?? false)
        }
    }

    /// The times during which the clause is in force.
    func periods(events: [EventOccurrence]) -> [ClausePeriod] {
        let paused = pauses.flatMap { pause in
            Self.open(from: pause.from, to: pause.to, until: pause.until, events: events)
        }.sorted { $0.from < $1.from }
        return words.flatMap { span in
            Self.open(from: span.from, to: span.to, until: span.clause.until, events: events).flatMap { period in
                Self.subtract(paused, from: period)
            }.map { ClausePeriod(clause: span.clause, instrument: span.instrument, from: $0.from, to: $0.to) }
        }
    }

    /// The times during which the clause is suspended, whether it has words then or not.
    func suspensions(of clause: String, events: [EventOccurrence]) -> [SuspendedPeriod] {
        pauses.flatMap { pause in
            Self.open(from: pause.from, to: pause.to, until: pause.until, events: events).map {
                SuspendedPeriod(clause: clause, instrument: pause.instrument, from: $0.from, to: $0.to)
            }
        }
    }

    private mutating func cutWords(at instant: Instant) {
        for index in words.indices { words[index].to = min(words[index].to, instant) }
        words.removeAll { $0.from >= $0.to }
    }

    private mutating func cutPauses(at instant: Instant) {
        for index in pauses.indices { pauses[index].to = min(pauses[index].to, instant) }
        pauses.removeAll { $0.from >= $0.to }
    }

    /// The parts of a time in which an end has not come.
    private static func open(
        from: Instant, to: Instant, until: Until?, events: [EventOccurrence]
    ) -> [(from: Instant, to: Instant)] {
        guard from < to else { return [] }
        guard let until else { return [(from, to)] }
        let changes = until.changes(events: events).filter { from < $0 && $0 < to }
        let edges = Set(changes).union([from, to]).sorted()
        var found: [(from: Instant, to: Instant)] = []
        for (start, end) in zip(edges, edges.dropFirst()) where !until.isOver(at: start, events: events) {
            if let last = found.last, last.to == start {
                found[found.count - 1].to = end
            } else {
                found.append((start, end))
            }
        }
        return found
    }

    /// A time without the times that are taken out of it, which are in their order.
    private static func subtract(
        _ taken: [(from: Instant, to: Instant)], from whole: (from: Instant, to: Instant)
    ) -> [(from: Instant, to: Instant)] {
        var rest = whole
        var found: [(from: Instant, to: Instant)] = []
        for part in taken where part.to > rest.from && part.from < rest.to {
            if part.from > rest.from { found.append((rest.from, part.from)) }
            rest.from = max(rest.from, part.to)
            if rest.from >= rest.to { return found }
        }
        return found + [rest]
    }
}
