// SPDX-License-Identifier: Apache-2.0

extension Until {
    /// Whether a period with this end is over at an instant, given the events that are known to have happened.
    ///
    /// An event that is not among them bounds nothing.
    package func isOver(at instant: Instant, events: [EventOccurrence]) -> Bool {
        switch self {
        case .instant(let end, _):
            end <= instant
        case .event(let name):
            events.contains { $0.event == name && $0.actsFrom <= instant && instant < $0.endsAt ?? .distantFuture }
        case .earliestOf(let parts):
            parts.contains { $0.isOver(at: instant, events: events) }
        case .latestOf(let parts):
            parts.allSatisfy { $0.isOver(at: instant, events: events) }
        }
    }

    /// The instants at which ``isOver(at:events:)`` can change.
    package func changes(events: [EventOccurrence]) -> [Instant] {
        switch self {
        case .instant(let end, _):
            [end]
        case .event(let name):
            events.filter { $0.event == name }.flatMap { [$0.actsFrom] + ($0.endsAt.map { [$0] } ?? []) }
        case .earliestOf(let parts), .latestOf(let parts):
            parts.flatMap { $0.changes(events: events) }
        }
    }

    /// The instant at which the period is over whatever happens; `nil` where it may stay open.
    package var latestEnd: Instant? {
        switch self {
        case .instant(let end, _): return end
        case .event: return nil
        case .earliestOf(let parts): return parts.compactMap(\.latestEnd).min()
        case .latestOf(let parts):
            let ends = parts.map(\.latestEnd)
            return ends.contains(nil) ? nil : ends.compactMap { $0 }.max()
        }
    }

    /// The events named, each once, in their order.
    package var events: [String] {
        switch self {
        case .instant: []
        case .event(let name): [name]
        case .earliestOf(let parts), .latestOf(let parts):
            parts.flatMap(\.events).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        }
    }
}
