// SPDX-License-Identifier: Apache-2.0

/// The terms of agreements over all time: one segment between two boundaries, for every way in which the events that
/// bound clauses may have gone.
struct TermsSegments {
    /// The terms of one segment.
    struct Segment {
        var terms: Terms
        var from: Instant
        var to: Instant
        /// An instant of the segment at which the terms hold: where events have happened, after they have.
        var at: Instant
        /// The events that have happened, as `agreement/event`; the others have not.
        var happened: [String]
        /// From when those events act.
        var happenedFrom: Instant?
    }

    /// How many events are combined in every way; with more, each is tried alone, and all together.
    static let combinedEventsMax = 5
    /// How many times clauses are looked at over all boundaries, before the periods are refused.
    static let lookupsMax = 5_000_000

    /// The segments by time; where events may have happened, the one without them first.
    private(set) var segments: [Segment] = []
    /// How many boundaries and periods there are.
    let boundaryCount: Int
    let periodCount: Int
    /// Whether the boundaries were too many to go through.
    let isTooLong: Bool
    /// The wordings of clauses that are in force at some time, whatever happens.
    private(set) var inForceSometime: Set<Terms.InForce.Identity> = []

    /// - Parameters:
    ///   - documents: the agreements, ordered by identifier.
    ///   - drafts: which drafts count as if they were adopted.
    init(of documents: [AgreementDocument], drafts: DraftSelection) {
        let plain = documents.map { Consolidation($0, known: Knowledge(), drafts: drafts) }
        boundaryCount = Set(plain.flatMap(\.boundaries)).count
        periodCount = plain.reduce(0) { $0 + $1.periods.count }
        let combinations = Self.combinations(of: Self.boundingEvents(documents))
        let (lookups, overflow) = boundaryCount.multipliedReportingOverflow(by: periodCount * combinations.count)
        isTooLong = overflow || lookups > Self.lookupsMax
        guard !isTooLong, let start = Self.start(of: documents, drafts: drafts) else { return }
        let consolidated = zip(documents, plain).map { (document: $0, consolidation: $1) }
        var at = start
        while at < .distantFuture {
            let terms = Terms(of: consolidated, at: at)
            let end = max(terms.validUntil, at.advanced(byNanoseconds: 1))
            add(Segment(terms: terms, from: at, to: end, at: at, happened: [], happenedFrom: nil))
            for happened in combinations where !happened.isEmpty {
                addVariant(of: documents, happened, from: at, to: end, drafts: drafts)
            }
            at = end
        }
        for (index, consolidation) in plain.enumerated() {
            inForceSometime.formUnion(
                consolidation.periods.map {
                    Terms.InForce.Identity(
                        agreement: index, clause: $0.clause.id, instrument: $0.instrument, isLapsed: false)
                })
        }
    }

    /// The terms of a segment in which some events happen, just after it has begun.
    private mutating func addVariant(
        of documents: [AgreementDocument], _ happened: [BoundingEvent], from: Instant, to: Instant,
        drafts: DraftSelection
    ) {
        let happenedFrom = from.advanced(byNanoseconds: 1)
        var at = happenedFrom
        let consolidated = documents.map { document in
            let occurrences = happened.filter { $0.agreement == document.id }.map {
                EventOccurrence(event: $0.event, actsFrom: happenedFrom, endsAt: nil)
            }
            return (
                document: document,
                consolidation: Consolidation(document, known: Knowledge(events: occurrences), drafts: drafts)
            )
        }
        var start = from
        while at < to {
            let terms = Terms(of: consolidated, at: at)
            // A run-off that the event began may end within the segment.
            let end = max(min(terms.validUntil, to), at.advanced(byNanoseconds: 1))
            add(
                Segment(
                    terms: terms, from: start, to: end, at: at,
                    happened: happened.map { "\($0.agreement)/\($0.event)" }, happenedFrom: happenedFrom))
            (at, start) = (end, end)
        }
    }

    private mutating func add(_ segment: Segment) {
        if !segment.terms.clauses.isEmpty { segments.append(segment) }
    }

    private struct BoundingEvent: Hashable {
        var agreement: String
        var event: String
    }

    private static func boundingEvents(_ documents: [AgreementDocument]) -> [BoundingEvent] {
        let all = documents.flatMap { document in
            document.instruments.flatMap(\.operations).compactMap { $0.clause?.until }.flatMap(\.events).map {
                BoundingEvent(agreement: document.id, event: $0)
            }
        }
        return Set(all).sorted { ($0.agreement, $0.event) < ($1.agreement, $1.event) }
    }

    private static func combinations(of events: [BoundingEvent]) -> [[BoundingEvent]] {
        guard events.count <= combinedEventsMax else { return [[]] + events.map { [$0] } + [events] }
        return (0..<1 << events.count).map { bits in
            events.enumerated().filter { bits & 1 << $0.offset != 0 }.map(\.element)
        }
    }

    private static func start(of documents: [AgreementDocument], drafts: DraftSelection) -> Instant? {
        documents.flatMap(\.instruments).filter(drafts.includes).map(\.effective).min()
    }
}
