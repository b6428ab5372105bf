// SPDX-License-Identifier: Apache-2.0

extension ClauseKind {
    static let launchFirst: ClauseKind = {
        let cloud = Field.required("cloud", .reference(.cloud), "the cloud on which a model launches first.")
        let lead = Field.defaulted(
            "lead", leadType, to: .milliseconds(0), written: "0s",
            "how much earlier the launch must be; strictly earlier where it is missing.")
        let exception = Field.defaulted(
            "exception", .groundCondition, to: .never, written: "{any_of: []}",
            "the grounds on which other clouds need not wait; none where it is missing.")
        return ClauseKind(
            name: "launch-first", summary: "Keeps a model off other clouds until one cloud has launched it.",
            fields: [cloud.description, lead.description, exception.description]
        ) { mapping in
            let readCloud = mapping.value(cloud)
            let readLead = mapping.value(lead)
            let readException = mapping.value(exception)
            guard let readCloud, let readLead, let readException else { return nil }
            return .launchFirst(LaunchFirstClause(cloud: readCloud, lead: readLead, exception: readException))
        }
    }()

    private static let leadDaysMax: Int64 = 3_650

    /// `same-instant-ok`, `{days: N}` or a duration.
    private static let leadType: ValueType<LaunchFirstClause.Lead> = {
        let days = Field.required("days", .integer(0...leadDaysMax), "how many days of 24 hours earlier.")
        let table = FieldTable("a lead in days", [days.description])
        let duration = ValueType<Int64>.duration(0...leadDaysMax * 86_400_000)
        return ValueType(.either([.word(["same-instant-ok"]), duration.shape, table.shape])) { node, context in
            if node.text == "same-instant-ok" { return .sameInstant }
            guard node.entries != nil else { return duration.read(node, context).map { .milliseconds($0) } }
            return MappingReading(node, table, context)?.value(days).map { .milliseconds($0 * 86_400_000) }
        }
    }()
}
