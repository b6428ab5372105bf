// SPDX-License-Identifier: Apache-2.0

internal import Agreement

/// What the order of one kind of evidence does.
protocol SubjectOrder: Codable, Sendable {
    /// What is recorded, from the order alone.
    func subject() throws(ServiceError) -> PeopleEvidence.Subject

    /// Refuses what names something unknown, or what ``Facts`` would take and people can't mean.
    func check(_ known: KnownFacts) throws(ServiceError)
}

extension SubjectOrder {
    func check(_ known: KnownFacts) throws(ServiceError) {}
}

extension EvidenceOrder.Subject {
    /// The order of the kind.
    var order: any SubjectOrder {
        switch self {
        case .decline(let order): order
        case .support(let order): order
        case .launch(let order): order
        case .event(let order): order
        case .override(let order): order
        case .offer(let order): order
        case .offerAnswer(let order): order
        case .meterReading(let order): order
        case .notice(let order): order
        case .migration(let order): order
        case .revocation(let order): order
        case .attestation(let order): order
        }
    }
}
