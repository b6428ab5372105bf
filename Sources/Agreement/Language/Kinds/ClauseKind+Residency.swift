// SPDX-License-Identifier: Apache-2.0

extension ClauseKind {
    static let residency: ClauseKind = {
        let regions = Field.required(
            "regions", regionType.list(1...ValueLimits.listItemsMax),
            "the regions in which the workloads may be served; one `*` may stand at an end.")
        let clouds = Field.defaulted(
            "clouds", ValueType<String>.reference(.cloud).list(1...ValueLimits.listItemsMax).orWord("all", []), to: [],
            written: "all", "the clouds that it limits; all where it is missing.")
        return ClauseKind(
            name: "residency", summary: "Keeps workloads in some regions: deployments elsewhere are forbidden.",
            fields: [regions.description, clouds.description]
        ) { mapping in
            let readRegions = mapping.value(regions)
            let readClouds = mapping.value(clouds)
            guard let readRegions, let readClouds else { return nil }
            return .residency(ResidencyClause(regions: readRegions, clouds: readClouds))
        }
    }()

    /// A region or the beginning of some; `any` and `other` would keep nothing anywhere.
    private static let regionType = ValueType<ValuePattern>(.pattern) { node, context in
        guard case .pattern(let pattern)? = SelectorValue.pattern(node, context) else { return nil }
        guard pattern != .any, pattern != .other else {
            context.error(
                .invalidPattern, at: node.place, offending: node.summary,
                message: "`\(node.summary)` names no region to stay in",
                expected: "a region such as `eu-west-1`, or the beginning of some, such as `eu-*`",
                mend: "list the regions; without a limit leave the clause out")
            return nil
        }
        return pattern
    }
}
