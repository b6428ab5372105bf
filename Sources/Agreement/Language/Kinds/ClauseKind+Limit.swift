// SPDX-License-Identifier: Apache-2.0

extension ClauseKind {
    static let limit: ClauseKind = {
        let meter = Field.required(
            "meter", ValueType<String>.identifier, "the name under which readings are recorded.")
        let measures = Field.required("of", ValueType<String>.text, "what the meter measures, in the paper's words.")
        let atMost = Field.required(
            "at_most", ValueType<Quantity>.quantity, "the last reading that is still allowed, with its unit.")
        let onMissing = Field.required(
            "on_missing", ValueType<LimitClause.Missing>.word, "what holds while there is no reading.")
        let clouds = Field.optional(
            "clouds", ValueType<String>.reference(.cloud).list(1...ValueLimits.listItemsMax),
            "the clouds that it forbids; all where neither this nor `operated_by` is written.")
        let operatedBy = Field.optional(
            "operated_by", .reference(.party), "the party whose clouds it forbids, instead of `clouds`.")
        return ClauseKind(
            name: "limit", summary: "Forbids workloads once the latest reading of a meter exceeds a limit.",
            fields: [
                meter.description, measures.description, atMost.description, onMissing.description,
                clouds.description, operatedBy.description,
            ], alternatives: [FieldTable.Alternatives(["clouds", "operated_by"])]
        ) { mapping in
            let readMeter = mapping.value(meter)
            let readMeasures = mapping.value(measures)
            let readAtMost = mapping.value(atMost)
            let readOnMissing = mapping.value(onMissing)
            let readClouds = mapping.value(clouds)
            let readOperatedBy = mapping.value(operatedBy)
            guard let readMeter, let readMeasures, let readAtMost, let readOnMissing else { return nil }
            let reach: LimitClause.Reach =
                readClouds.map { .clouds($0) } ?? readOperatedBy.map { .operatedBy($0) } ?? .everywhere
            return .limit(
                LimitClause(
                    meter: readMeter, measures: readMeasures, atMost: readAtMost, onMissing: readOnMissing,
                    reach: reach))
        }
    }()
}
