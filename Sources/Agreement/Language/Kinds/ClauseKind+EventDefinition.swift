// SPDX-License-Identifier: Apache-2.0

extension ClauseKind {
    static let eventDefinition: ClauseKind = {
        let event = Field.required("event", .reference(.event), "the event, as declared at the top of the file.")
        let declaredBy = Field.required(
            "declared_by", .reference(.party), "the party that declares it; the same as there.")
        let verifiedBy = Field.optional(
            "verified_by", ValueType<String>.identifier, "who verifies it; the same as there.")
        let effectiveAt = Field.required(
            "effective_at", ValueType<EventDefinitionClause.Effect>.word, "from when a verified event counts.")
        let reversal = Field.required(
            "reversal", reversalType, "whether what was declared and verified can be taken back.")
        return ClauseKind(
            name: "event-definition", summary: "Says what an event of the agreement is, and how it comes to count.",
            fields: [
                event.description, declaredBy.description, verifiedBy.description, effectiveAt.description,
                reversal.description,
            ]
        ) { mapping in
            let readEvent = mapping.value(event)
            let readDeclaredBy = mapping.value(declaredBy)
            let readVerifiedBy = mapping.value(verifiedBy)
            let readEffectiveAt = mapping.value(effectiveAt)
            let readReversal = mapping.value(reversal)
            guard let readEvent, let readDeclaredBy, let readEffectiveAt, let readReversal else { return nil }
            if readEffectiveAt == .verification, mapping.keyPlace(of: "verified_by") == nil {
                mapping.context.error(
                    .verificationMissing, at: mapping.place(of: "effective_at"), offending: "verification",
                    message: "the event counts from its verification, and nobody verifies it",
                    expected: "`verified_by`, or `effective_at: declaration`",
                    mend: "check who verifies the event in the paper")
            }
            return .eventDefinition(
                EventDefinitionClause(
                    event: readEvent, declaredBy: readDeclaredBy, verifiedBy: readVerifiedBy,
                    effectiveAt: readEffectiveAt, reversal: readReversal))
        }
    }()

    /// `irrevocable`, `on-challenge` or `{on_challenge_within: …}`.
    private static let reversalType: ValueType<EventDefinitionClause.Reversal> = {
        let within = Field.required(
            "on_challenge_within", ValueType<Int64>.duration(3_600_000...3_650 * 86_400_000),
            "how long after the verification, or the declaration where none is needed, it may be challenged.")
        let table = FieldTable("a reversal", [within.description])
        let words = ["irrevocable", "on-challenge"]
        return ValueType(.either([.word(words), table.shape])) { node, context in
            guard node.entries == nil else {
                return MappingReading(node, table, context)?.value(within).map {
                    .onChallenge(withinMilliseconds: $0)
                }
            }
            return WordReading.read(node, among: words, context).map {
                $0 == "irrevocable" ? .irrevocable : .onChallenge(withinMilliseconds: nil)
            }
        }
    }()
}
