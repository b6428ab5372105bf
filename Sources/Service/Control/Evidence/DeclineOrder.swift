// SPDX-License-Identifier: Apache-2.0

internal import Agreement

/// A cloud declined to support features, or is silent about them.
package struct DeclineOrder: SubjectOrder {
    package var cloud: String
    package var features: [String]
    /// Empty means all.
    package var models: [String]
    package var requested: String?
    /// `nil` while the cloud is silent.
    package var answered: String?
    /// Open where `nil`.
    package var until: String?

    package init(
        cloud: String, features: [String], models: [String] = [], requested: String? = nil, answered: String? = nil,
        until: String? = nil
    ) {
        self.cloud = cloud
        self.features = features
        self.models = models
        self.requested = requested
        self.answered = answered
        self.until = until
    }

    func subject() throws(ServiceError) -> PeopleEvidence.Subject {
        let requested = try EvidenceValue.optionalInstant(requested, "requested")
        let answered = try EvidenceValue.optionalInstant(answered, "answered")
        let until = try EvidenceValue.optionalInstant(until, "until")
        guard let first = requested ?? answered else {
            throw ServiceError(
                .usage, "A decline says when the cloud answered, or when it was asked; add --answered or --requested.")
        }
        if let answered, answered < first {
            throw ServiceError(.usage, "The cloud answered at \(answered), before it was asked at \(first).")
        }
        if let until, until <= answered ?? first {
            throw ServiceError(
                .usage,
                answered.map { "The decline ends at \(until), before its answer at \($0)." }
                    ?? "The decline ends at \(until), before support was asked for at \(first).")
        }
        return .decline(
            Decline(
                cloud: cloud, features: try EvidenceValue.features(features),
                models: try EvidenceValue.models(models), requested: requested, answered: answered,
                until: until ?? .distantFuture))
    }

    func check(_ known: KnownFacts) throws(ServiceError) {
        for model in models { try known.check(model: model) }
        try known.check(cloud: cloud)
    }
}
