// SPDX-License-Identifier: Apache-2.0

extension ClauseKind {
    static let launchFirst: ClauseKind = {
        let cloud = Field.required("cloud", .reference(.cloud), "the cloud on which a model launches first.")
        let lead = Field.defaulted(
            "lead", leadType, to: .milliseconds(0), written: "0s",
            "how much earlier the launch must be; strictly earlier where it is missing.")
        let launch = Field.defaulted(
            "launch", ValueType<LaunchFirstClause.Milestone>.word, to: .generalAvailability,
            written: "general-availability", "which recorded instant counts as the launch.")
        let derivatives = Field.defaulted(
            "derivatives", ValueType<LaunchFirstClause.Derivatives>.word, to: .followBase, written: "follow-base",
            "whether versions and fine-tunes share the launch of their base, or need their own.")
        let exception = Field.defaulted(
            "exception", ValueType<GroundCondition>.groundCondition.orWord("none", .never), to: .never, written: "none",
            "the grounds on which other clouds need not wait; none where it is missing.")
        let cure = Field.defaulted(
            "cure", ValueType<Int64>.duration(3_600_000...leadDaysMax * 86_400_000).orNothing("never"), to: nil,
            written: "never",
            "how long after a model was handed over the cloud's own delay lets others go first.")
        return ClauseKind(
            name: "launch-first", summary: "Keeps a model off other clouds until one cloud has launched it.",
            fields: [
                cloud.description, lead.description, launch.description, derivatives.description,
                exception.description, cure.description,
            ]
        ) { mapping in
            let readCloud = mapping.value(cloud)
            let readLead = mapping.value(lead)
            let readLaunch = mapping.value(launch)
            let readDerivatives = mapping.value(derivatives)
            let readException = mapping.value(exception)
            let readCure = mapping.value(cure) ?? nil
            guard let readCloud, let readLead, let readLaunch, let readDerivatives, let readException
            else { return nil }
            return .launchFirst(
                LaunchFirstClause(
                    cloud: readCloud, lead: readLead, launch: readLaunch, derivatives: readDerivatives,
                    exception: readException, cureMilliseconds: readCure))
        }
    }()

    private static let leadDaysMax: Int64 = 3_650

    /// `none`, which is strictly earlier without a minimum, `same-instant-ok`, `{days: N}` or a duration.
    private static let leadType: ValueType<LaunchFirstClause.Lead> = {
        let days = Field.required("days", .integer(0...leadDaysMax), "how many days of 24 hours earlier.")
        let table = FieldTable("a lead in days", [days.description])
        let duration = ValueType<Int64>.duration(0...leadDaysMax * 86_400_000)
        return ValueType(.either([.word(["none", "same-instant-ok"]), duration.shape, table.shape])) { node, context in
            if node.text == "none" { return .milliseconds(0) }
            if node.text == "same-instant-ok" { return .sameInstant }
            guard node.entries != nil else { return duration.read(node, context).map { .milliseconds($0) } }
            return MappingReading(node, table, context)?.value(days).map { .milliseconds($0 * 86_400_000) }
        }
    }()
}
