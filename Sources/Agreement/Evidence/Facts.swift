// SPDX-License-Identifier: Apache-2.0

/// Everything that decisions read, as of a revision: the sum of all facts up to it.
///
/// The same facts in the same order give the same value on every machine.
package struct Facts: Sendable {
    /// The number of the last fact; 0 before the first.
    package private(set) var revision: UInt64 = 0
    /// The revision of the last fact that changes plans.
    package private(set) var planRevision: UInt64 = 0
    /// The adopted agreements, by identifier.
    package private(set) var agreements: [String: AgreementDocument] = [:]
    package private(set) var configuration = PlacementConfiguration(deployments: DeploymentTable([]))
    /// What people recorded, in order.
    package private(set) var people: [PeopleEvidence] = []
    /// The capacity windows, by the deployment table's lanes.
    package private(set) var windows: [CapacityWindow] = []
    private var consolidations: [String: Consolidation] = [:]
    /// When each instrument of an agreement was first adopted.
    private var adoptions: [String: [String: Instant]] = [:]
    /// As known at this instant; `nil` for all that is known.
    private var knownAt: Instant?

    package init() {}

    /// Goes on counting from a revision whose facts no longer matter.
    package mutating func resume(at revision: UInt64) {
        precondition(revision >= self.revision)
        self.revision = revision
    }

    /// Takes in the next fact.
    ///
    /// - Parameters:
    ///   - fact: what became known.
    ///   - at: when.
    /// - Returns: the fact's number.
    @discardableResult
    package mutating func apply(_ fact: Fact, at: Instant) -> UInt64 {
        revision += 1
        if fact.changesPlans { planRevision = revision }
        switch fact {
        case .started:
            windows = windows.map { _ in CapacityWindow() }
        case .adopted(let document):
            agreements[document.id] = document
            // Facts that are made of files, without a ledger, adopt before all time: then the files say what was known.
            if at > .distantPast {
                adoptions[document.id, default: [:]].merge(document.instruments.map { ($0.id, at) }) { first, _ in first
                }
            }
            consolidate(document)
        case .configured(let configuration):
            let known = Dictionary(
                zip(self.configuration.deployments.lanes, windows), uniquingKeysWith: { first, _ in first })
            self.configuration = configuration
            windows = configuration.deployments.lanes.map { known[$0] ?? CapacityWindow() }
        case .refused(let refusal):
            guard let lane = laneIndex(refusal.lane) else { break }
            windows[lane].record(
                refusal.signal, at: at, retryAfterMilliseconds: refusal.retryAfterMilliseconds,
                speed: configuration.speed, revision: revision)
        case .recovered(let success):
            guard let lane = laneIndex(success.lane) else { break }
            windows[lane].recordSuccess(required: success.required)
        case .recorded(let subject, let provenance):
            record(subject, provenance, at: at)
        }
        return revision
    }

    /// The terms in force at an instant.
    ///
    /// - Parameters:
    ///   - at: the instant.
    ///   - observed: `false` for the agreements that are enforced, `true` for all.
    /// - Returns: the clauses in force then, and until when they are.
    package func terms(at: Instant, includingObserved observed: Bool) -> Terms {
        Terms(
            of: agreements.values.compactMap { document in
                guard observed || configuration.enforcement(of: document.id) == .enforce,
                    let consolidation = consolidations[document.id]
                else { return nil }
                return (document, consolidation)
            }, at: at)
    }

    /// The agreements and the people's evidence as they were known at an instant, for questions about the past.
    ///
    /// What was adopted, recorded, revoked or attested to later is left out. The configuration is the present one, and
    /// nothing is known of capacity.
    package func asKnown(at instant: Instant) -> Facts {
        var known = self
        known.knownAt = instant
        known.people = people.compactMap { $0.known(at: instant) }
        known.windows = windows.map { _ in CapacityWindow() }
        for document in agreements.values { known.consolidate(document) }
        return known
    }

    /// Whether an adopted agreement is only observed.
    package var hasObservedAgreement: Bool {
        agreements.keys.contains { configuration.enforcement(of: $0) == .observe }
    }

    private func laneIndex(_ lane: LaneKey) -> Int? {
        configuration.deployments.lanes.firstIndex(of: lane)
    }

    /// Takes an agreement for another one of its name, without a fact that says so.
    mutating func replace(_ document: AgreementDocument) {
        agreements[document.id] = document
        consolidate(document)
    }

    private mutating func consolidate(_ document: AgreementDocument) {
        consolidations[document.id] = Consolidation(
            document,
            known: Knowledge(
                at: knownAt, adopted: adoptions[document.id] ?? [:], events: occurrences(in: document)))
    }

    /// When the events of an agreement act, from the reports that stand.
    private func occurrences(in document: AgreementDocument) -> [EventOccurrence] {
        eventCourses(of: document.id).flatMap(\.occurrences)
    }

    /// The courses of the events that an agreement declares, in its order.
    package func eventCourses(of agreement: String) -> [EventCourse] {
        guard let document = agreements[agreement] else { return [] }
        let standing = standingEvidence
        let definitions = Self.definitions(in: document)
        return document.events.map { event in
            var course = EventCourse(event)
            for record in standing {
                guard case .event(let report) = record.subject, report.agreement == agreement, report.event == event.id
                else { continue }
                course.take(
                    report, by: record.provenance.party, recorded: record.recorded,
                    under: definitions.definition(of: event.id, at: record.recorded))
            }
            return course
        }
    }

    private mutating func record(_ subject: PeopleEvidence.Subject, _ provenance: Provenance, at: Instant) {
        var record = PeopleEvidence(revision: revision, recorded: at, provenance: provenance, subject: subject)
        record.beginAttestation(
            about: people.first { $0.revision == subject.target }, among: configuration.recorders)
        people.append(record)
        if case .attestation(let target) = subject, let index = people.firstIndex(where: { $0.revision == target }) {
            people[index].complete(
                with: provenance.attestations, at: at,
                about: people.first { $0.revision == people[index].subject.target },
                among: configuration.recorders)
        }
        switch subject {
        case .event(let report):
            if let document = agreements[report.agreement] { consolidate(document) }
        case .revocation, .attestation:
            // Either may take back an event or let one count.
            for document in agreements.values { consolidate(document) }
        default:
            break
        }
    }
}

extension Facts {
    /// The definition of an event that is in force at an instant; `nil` where none is.
    func eventDefinition(_ event: String, of agreement: String, at instant: Instant) -> EventDefinitionClause? {
        agreements[agreement].flatMap { Self.definitions(in: $0).definition(of: event, at: instant) }
    }

    /// Read without events, since the courses that need them are what says which of them happened.
    private static func definitions(in document: AgreementDocument) -> [ClausePeriod] {
        Consolidation(document).periods
    }
}

extension [ClausePeriod] {
    /// The definition of an event that is in force at an instant.
    fileprivate func definition(of event: String, at instant: Instant) -> EventDefinitionClause? {
        lazy.compactMap { period -> EventDefinitionClause? in
            guard case .eventDefinition(let definition) = period.clause.kind, definition.event == event,
                period.contains(instant)
            else { return nil }
            return definition
        }.first
    }
}
