// SPDX-License-Identifier: Apache-2.0

internal import Agreement

/// What an order is checked against: the facts, and who gives it.
struct KnownFacts {
    let facts: Facts
    let provenance: Provenance

    /// Refuses a cloud that neither an agreement nor a deployment names.
    func check(cloud: String) throws(ServiceError) {
        let declared = facts.agreements.values.flatMap { $0.clouds.map(\.id) }
        let known = Set(declared + facts.configuration.deployments.clouds).sorted()
        guard known.contains(cloud) else {
            throw ServiceError(
                .usage,
                "There is no cloud '\(EvidenceValue.shown(cloud))'; known are \(known.joined(separator: ", ")).")
        }
    }

    /// Refuses a model that no deployment serves and nothing served is derived from.
    func check(model: String) throws(ServiceError) {
        let served = facts.configuration.deployments.models
        guard !served.isEmpty else {
            _ = try EvidenceValue.text(model, "model", bytesMax: EvidenceLimits.nameBytesMax)
            return
        }
        let known = Set(served + facts.configuration.derivatives.values).sorted()
        guard known.contains(model) else {
            throw ServiceError(
                .usage,
                "No deployment serves a model '\(EvidenceValue.shown(model))'; "
                    + "served are \(known.joined(separator: ", ")).")
        }
    }

    /// The adopted agreement of a name.
    func agreement(_ id: String) throws(ServiceError) -> AgreementDocument {
        guard let document = facts.agreements[id] else {
            throw ServiceError(
                .usage,
                "Name the adopted agreement that it is about with --agreement, not '\(EvidenceValue.shown(id))'; "
                    + "adopted are: \(facts.agreements.keys.sorted().joined(separator: ", ")).")
        }
        return document
    }

    /// The standing offers under an agreement, in the order of their recording.
    func offers(under agreement: String) -> [Offer] {
        facts.standingEvidence.compactMap { record in
            if case .offer(let offer) = record.subject, offer.agreement == agreement { offer } else { nil }
        }
    }
}
