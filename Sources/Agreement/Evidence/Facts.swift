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
            people.append(
                PeopleEvidence(revision: revision, recorded: at, provenance: provenance, subject: subject))
            if case .event(let report) = subject, let document = agreements[report.agreement] {
                consolidate(document)
            }
            if case .revocation = subject {
                for document in agreements.values { consolidate(document) }
            }
        }
        return revision
    }

    /// The people's evidence that was not revoked.
    package var standingEvidence: [PeopleEvidence] {
        let revoked = people.reduce(into: Set<UInt64>()) { set, record in
            if case .revocation(let of) = record.subject { set.insert(of) }
        }
        return people.filter { record in
            if case .revocation = record.subject { return false }
            return !revoked.contains(record.revision)
        }
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

    /// Whether an adopted agreement is only observed.
    package var hasObservedAgreement: Bool {
        agreements.keys.contains { configuration.enforcement(of: $0) == .observe }
    }

    private func laneIndex(_ lane: LaneKey) -> Int? {
        configuration.deployments.lanes.firstIndex(of: lane)
    }

    private mutating func consolidate(_ document: AgreementDocument) {
        consolidations[document.id] = Consolidation(document, events: occurrences(in: document))
    }

    /// When the events of an agreement act, from the reports that stand; the reports of other parties do nothing.
    private func occurrences(in document: AgreementDocument) -> [EventOccurrence] {
        let standing = standingEvidence
        return document.events.flatMap { event in
            var found: [EventOccurrence] = []
            var declared: Instant?
            var verified: Instant?
            func end(at endsAt: Instant?) {
                guard let declared, let complete = event.verifiedBy == nil ? declared : verified else { return }
                found.append(EventOccurrence(event: event.id, actsFrom: max(declared, complete), endsAt: endsAt))
            }
            for record in standing {
                guard case .event(let report) = record.subject, report.agreement == document.id,
                    report.event == event.id
                else { continue }
                let party = record.provenance.party
                // Late word changes money, not placements: nothing acts before it was recorded.
                let acting = max(report.effective, record.recorded)
                switch report.step {
                case .declared where party == event.declaredBy:
                    declared = declared ?? acting
                case .verified where party == event.verifiedBy:
                    verified = verified ?? acting
                case .reversed where party == event.declaredBy || party == event.verifiedBy:
                    // What comes after is another occurrence, declared and verified anew.
                    end(at: record.recorded)
                    (declared, verified) = (nil, nil)
                default:
                    break
                }
            }
            end(at: nil)
            return found
        }
    }
}
