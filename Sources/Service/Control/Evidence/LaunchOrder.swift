// SPDX-License-Identifier: Apache-2.0

internal import Agreement

/// A model reached a milestone on a cloud.
package struct LaunchOrder: SubjectOrder {
    package var cloud: String
    package var model: String
    package var milestone: String
    package var at: String

    package init(
        cloud: String, model: String, milestone: String = Launch.Milestone.generalAvailability.name, at: String
    ) {
        self.cloud = cloud
        self.model = model
        self.milestone = milestone
        self.at = at
    }

    func subject() throws(ServiceError) -> PeopleEvidence.Subject {
        .launch(
            Launch(
                cloud: cloud, model: model,
                milestone: try EvidenceValue.word(milestone, "milestone", among: Launch.Milestone.allCases) { $0.name },
                at: try EvidenceValue.instant(at, "at")))
    }

    func check(_ known: KnownFacts) throws(ServiceError) {
        try known.check(cloud: cloud)
        try known.check(model: model)
    }
}
