// SPDX-License-Identifier: Apache-2.0

extension ClauseKind {
    static let exclusivity: ClauseKind = {
        let aspect = Field.required(
            "aspect", ValueType<ExclusivityClause.Aspect>.word,
            "what is exclusive; a clause on one aspect never blocks another.")
        let cloud = Field.required("cloud", .reference(.cloud), "the only cloud for that aspect.")
        return ClauseKind(
            name: "exclusivity", summary: "Reserves hosting, distribution, licensing or capacity to one cloud.",
            fields: [aspect.description, cloud.description]
        ) { mapping in
            let readAspect = mapping.value(aspect)
            let readCloud = mapping.value(cloud)
            guard let readAspect, let readCloud else { return nil }
            return .exclusivity(ExclusivityClause(aspect: readAspect, cloud: readCloud))
        }
    }()
}
