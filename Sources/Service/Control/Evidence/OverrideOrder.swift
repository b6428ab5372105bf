// SPDX-License-Identifier: Apache-2.0

internal import Agreement

/// An operator's order to place requests against the terms.
package struct OverrideOrder: SubjectOrder {
    package var cloud: String
    /// `nil` means all.
    package var product: String?
    /// `nil` means all.
    package var model: String?
    package var from: String
    package var until: String
    package var reason: String

    package init(
        cloud: String, product: String? = nil, model: String? = nil, from: String, until: String, reason: String
    ) {
        self.cloud = cloud
        self.product = product
        self.model = model
        self.from = from
        self.until = until
        self.reason = reason
    }

    func subject() throws(ServiceError) -> PeopleEvidence.Subject {
        let from = try EvidenceValue.instant(from, "from")
        let until = try EvidenceValue.instant(until, "until")
        guard until > from else {
            throw ServiceError(
                .refused, "The override would end at \(until), not after it begins at \(from); give a later --until.")
        }
        guard until.milliseconds(since: from) <= PlacementOverride.durationMaxMilliseconds else {
            throw ServiceError(
                .refused, "An override ends at most 24 hours after it begins; give its end with --until.")
        }
        var product = product
        if let text = product {
            product = try EvidenceValue.text(text, "product", bytesMax: EvidenceLimits.nameBytesMax)
        }
        return .override(
            PlacementOverride(
                cloud: cloud, product: product, model: model, from: from, until: until,
                reason: try EvidenceValue.text(reason, "reason")))
    }

    func check(_ known: KnownFacts) throws(ServiceError) {
        // Where recorders are configured, two of them sign it instead.
        guard known.provenance.secondedBy != nil || !known.facts.configuration.recorders.isEmpty else {
            throw ServiceError(.refused, "An override needs two persons; add --second.")
        }
        if let model { try known.check(model: model) }
        try known.check(cloud: cloud)
    }
}
