// SPDX-License-Identifier: Apache-2.0

/// What was known of an agreement at an instant: its papers as far as they were recorded, and its events.
///
/// A query "as of effective T, as known at R" is `Consolidation(document, known: Knowledge(at: R)).clauses(at: T)`.
/// With T = R it gives the terms that applied when something was done, which is what judges it: an amendment that was
/// recorded later and reaches back changes what is owed, and never makes a breach of what was lawful when made.
package struct Knowledge: Sendable {
    /// As known at this instant; `nil` means everything that is known now.
    package var at: Instant?
    /// When instruments were adopted, by identifier; it overrides what the file says.
    package var adopted: [String: Instant]
    /// The events that happened, with their recording.
    package var events: [EventOccurrence]

    package init(at: Instant? = nil, adopted: [String: Instant] = [:], events: [EventOccurrence] = []) {
        self.at = at
        self.adopted = adopted
        self.events = events
    }

    /// When an instrument became known: by its adoption, else as its file says, else by its signature.
    package func recorded(_ instrument: Instrument) -> Instant {
        adopted[instrument.id] ?? instrument.recorded ?? instrument.signed
    }

    /// Whether an instrument is known.
    package func knows(_ instrument: Instrument) -> Bool {
        at.map { recorded(instrument) <= $0 } ?? true
    }

    /// The events as they are known: those recorded by then, without the reversals that were recorded later.
    package var knownEvents: [EventOccurrence] {
        guard let at else { return events }
        return events.filter { $0.recorded <= at }.map { occurrence in
            var known = occurrence
            if let endsAt = known.endsAt, endsAt > at { known.endsAt = nil }
            return known
        }
    }
}
