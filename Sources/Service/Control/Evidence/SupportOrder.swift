// SPDX-License-Identifier: Apache-2.0

internal import Agreement

/// A cloud supports features after all.
package struct SupportOrder: SubjectOrder {
    package var cloud: String
    package var features: [String]
    /// Empty means all.
    package var models: [String]
    package var from: String

    package init(cloud: String, features: [String], models: [String] = [], from: String) {
        self.cloud = cloud
        self.features = features
        self.models = models
        self.from = from
    }

    func subject() throws(ServiceError) -> PeopleEvidence.Subject {
        .support(
            SupportAnswer(
                cloud: cloud, features: try EvidenceValue.features(features),
                models: try EvidenceValue.models(models), from: try EvidenceValue.instant(from, "from")))
    }

    func check(_ known: KnownFacts) throws(ServiceError) {
        for model in models { try known.check(model: model) }
        try known.check(cloud: cloud)
    }
}
