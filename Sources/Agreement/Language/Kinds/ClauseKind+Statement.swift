// SPDX-License-Identifier: Apache-2.0

extension ClauseKind {
    static let statement: ClauseKind = {
        let deadline = ValueType<Int64>.duration(3_600_000...3_650 * 86_400_000)
        let issuer = Field.required("issuer", .reference(.party), "the party that states what is due.")
        let recipient = Field.required("recipient", .reference(.party), "the party that receives the statement.")
        let covers = Field.defaulted(
            "covers", ValueType<String>.identifier.list(1...ValueLimits.listItemsMax).orWord("all", []), to: [],
            written: "all", "the clauses whose money is stated; all between the two where it is missing.")
        let period = Field.required("period", ValueType<SettlementPeriod>.word, "how often.")
        let due = Field.required("due", deadline, "how long after the end of a period the statement is due.")
        let disputable = Field.required(
            "disputable_for", deadline, "how long after its issue a line may be disputed.")
        let rounding = Field.defaulted(
            "rounding", ValueType<RoundingMode>.word, to: .halfEven, written: "half-even",
            "how lines are rounded where their clause does not say.")
        return ClauseKind(
            name: "statement", summary: "Says who states what is due, when, and how long it may be disputed.",
            fields: [
                issuer.description, recipient.description, covers.description, period.description,
                due.description, disputable.description, rounding.description,
            ]
        ) { mapping in
            let readIssuer = mapping.value(issuer)
            let readRecipient = mapping.value(recipient)
            let readCovers = mapping.value(covers)
            let readPeriod = mapping.value(period)
            let readDue = mapping.value(due)
            let readDisputable = mapping.value(disputable)
            let readRounding = mapping.value(rounding)
            guard let readIssuer, let readRecipient, let readCovers, let readPeriod, let readDue, let readDisputable,
                let readRounding
            else { return nil }
            if readIssuer == readRecipient {
                mapping.refuseSameParty(in: "issuer", and: "recipient", offending: readRecipient)
            }
            return .statement(
                StatementClause(
                    issuer: readIssuer, recipient: readRecipient, covers: readCovers, period: readPeriod,
                    dueMilliseconds: readDue, disputableMilliseconds: readDisputable, rounding: readRounding))
        }
    }()
}
