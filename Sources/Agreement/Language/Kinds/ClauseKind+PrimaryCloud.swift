// SPDX-License-Identifier: Apache-2.0

extension ClauseKind {
    static let primaryCloud: ClauseKind = {
        let cloud = Field.required("cloud", .reference(.cloud), "the primary cloud.")
        let meaning = Field.required(
            "meaning", ValueType<PrimaryCloudClause.Meaning>.word,
            "what \"primary\" obliges to: trying there first, or nothing.")
        let spillOn = Field.defaulted(
            "spill_on", .groundCondition, to: .never, written: "{any_of: []}",
            "the grounds on which a request may leave; none where it is missing.")
        return ClauseKind(
            name: "primary-cloud", summary: "Names the cloud that is tried first, and the grounds for leaving it.",
            fields: [cloud.description, meaning.description, spillOn.description]
        ) { mapping in
            let readCloud = mapping.value(cloud)
            let readMeaning = mapping.value(meaning)
            let readSpillOn = mapping.value(spillOn)
            guard let readCloud, let readMeaning, let readSpillOn else { return nil }
            return .primaryCloud(PrimaryCloudClause(cloud: readCloud, meaning: readMeaning, spillOn: readSpillOn))
        }
    }()
}
