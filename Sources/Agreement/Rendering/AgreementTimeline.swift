// SPDX-License-Identifier: Apache-2.0

/// An agreement over time: its instruments in the order in which they act, what each did, and when clauses end.
package struct AgreementTimeline: Sendable, Equatable {
    /// One instrument and what it did.
    package struct Step: Sendable, Equatable {
        package var instrument: String
        /// Such as `amendment`.
        package var kind: String
        package var title: String?
        package var effective: Instant
        /// The day on which it takes effect, in the agreement's zone.
        package var day: String
        package var isDraft: Bool
        /// The clauses that it added, with their kinds.
        package var added: [Subject]
        /// The clauses whose words decide otherwise than before, with what changed.
        package var changed: [Subject]
        /// The clauses that have new words which decide nothing new.
        package var restated: [Subject]
        /// The clauses that it ended.
        package var ended: [Subject]
        /// What it did otherwise, such as `suspended`.
        package var others: [Subject]
        /// Whether the terms were restructured: an agreement or amendment, after the first, that changes what is in force.
        package var isRestructuring: Bool
    }

    /// A clause and what is said of it.
    package struct Subject: Sendable, Equatable {
        package var clause: String
        /// Its kind, or what changed.
        package var detail: String
    }

    /// A period of a clause.
    package struct Span: Sendable, Equatable {
        package var clause: String
        package var kind: String
        package var instrument: String
        package var from: Instant
        /// The first instant after it; ``Instant/distantFuture`` where it is open.
        package var to: Instant
    }

    package var agreement: String
    package var title: String
    package var timezone: String
    package var steps: [Step]
    /// Every period, by its beginning, then by clause.
    package var spans: [Span]

    /// The periods that end within some time of an instant, by their end.
    package func ending(within days: Int, of at: Instant) -> [Span] {
        let until = at.advanced(byMilliseconds: Int64(max(0, min(days, 100_000))) * 86_400_000)
        return spans.filter { $0.from <= at && at < $0.to && $0.to <= until }.sorted {
            ($0.to, $0.clause) < ($1.to, $1.clause)
        }
    }

    /// The restructurings, in their order.
    package var restructurings: [Step] { steps.filter(\.isRestructuring) }
}
