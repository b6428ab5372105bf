// SPDX-License-Identifier: Apache-2.0

/// Reads instruments.
enum InstrumentReading {
    private static let id = Field.required(
        "id", ValueType<String>.identifier, "the name by which other instruments speak of it.")
    private static let kind = Field.required("kind", ValueType<Instrument.Kind>.word, "what the paper is.")
    private static let title = Field.optional("title", ValueType<String>.text, "the title for people.")
    private static let signed = Field.optional(
        "signed", ValueType<WrittenInstant>.date, "when it was signed; when it takes effect where it is missing.")
    private static let effective = Field.required(
        "effective", ValueType<WrittenInstant>.date, "from when it changes decisions.")
    private static let amends = Field.optional(
        "amends", ValueType<String>.identifier, "the instrument that an amendment, or a side letter, amends.")
    private static let recorded = Field.optional(
        "recorded", ValueType<WrittenInstant>.date,
        "when it became known, for questions about the past; adoption fixes it by itself.")
    private static let precedence = Field.optional(
        "precedence", ValueType<Int64>.integer(-1_000...1_000),
        "which of two instruments that touch one clause at one instant goes later; the higher wins.")
    private static let draft = Field.defaulted(
        "draft", ValueType<Bool>.boolean, to: false, written: "false", "whether it is not signed yet.")
    private static let clauses = Field.defaulted(
        "clauses", ClauseReading.type { .add($0) }.list(1...ValueLimits.clausesMax).orWord("none", []), to: [],
        written: "none", "the clauses that an agreement begins with, or that a non-binding paper proposes.")
    private static let operations = Field.defaulted(
        "operations", OperationReading.type.list(1...ValueLimits.clausesMax).orWord("none", []), to: [],
        written: "none", "what it does to clauses.")
    private static let statements = Field.defaulted(
        "statements", statementType.list(1...ValueLimits.clausesMax).orWord("none", []), to: [],
        written: "none", "sentences that no kind of clause expresses, word for word.")
    private static let source = Field.optional(
        "source", ValueType<Source>.source, "where the text of the paper was found.")

    /// The keys of an instrument.
    static let table = FieldTable(
        "an instrument",
        [
            id.description, kind.description, title.description, signed.description, effective.description,
            recorded.description, amends.description, precedence.description, draft.description, clauses.description,
            operations.description, statements.description, source.description,
        ],
        rules: [
            .init(where: "kind", is: "agreement", refuses: ["amends"]),
            .init(where: "kind", is: "amendment", requires: ["amends"], refuses: ["clauses"]),
            .init(
                where: "kind", is: "interpretation", refuses: ["amends", "precedence", "clauses", "operations"]),
            .init(where: "kind", is: "non-binding", refuses: ["amends", "precedence", "operations"]),
        ])

    /// The type of an instrument with its places.
    static let type: ValueType<PlacedInstrument> = table.type { read($0) }

    private static func read(_ mapping: MappingReading) -> PlacedInstrument? {
        let readID = mapping.value(id)
        let readKind = mapping.value(kind)
        let readTitle = mapping.value(title)
        let readSigned = mapping.value(signed)
        let readEffective = mapping.value(effective)
        let readRecorded = mapping.value(recorded)
        let readAmends = mapping.value(amends)
        let readPrecedence = mapping.value(precedence)
        let readDraft = mapping.value(draft)
        checkParts(readKind, mapping)
        let changesTerms = readKind?.changesTerms ?? true
        let readClauses = mapping.value(clauses) ?? []
        let placed = changesTerms ? readClauses + (mapping.value(operations) ?? []) : []
        let proposals = changesTerms ? [] : readClauses
        let readStatements = mapping.value(statements) ?? []
        let readSource = mapping.value(source)
        checkStatements(mapping)
        checkAmends(readKind, mapping)
        checkDates(signed: readSigned, effective: readEffective, recorded: readRecorded, mapping)
        checkProposals(proposals, mapping)
        if placed.isEmpty, proposals.isEmpty, readStatements.isEmpty, mapping.keyPlace(of: "clauses") == nil,
            mapping.keyPlace(of: "operations") == nil, mapping.keyPlace(of: "statements") == nil
        {
            mapping.context.warning(
                .emptyInstrument, at: mapping.place, offending: readID ?? "", message: "the instrument says nothing",
                expected: "`clauses`, `operations` or `statements`",
                mend: "write what the paper says, at least as statements")
        }
        guard let readID, let readKind, let readEffective, let readDraft else { return nil }
        let instrument = Instrument(
            id: readID, kind: readKind, title: readTitle, amends: readAmends,
            signed: readSigned?.instant ?? readEffective.instant, effective: readEffective.instant,
            recorded: readRecorded?.instant, precedence: readPrecedence.map { Int($0) }, isDraft: readDraft,
            operations: placed.map(\.operation), proposals: proposals.compactMap(\.operation.clause),
            statements: readStatements, source: readSource)
        return PlacedInstrument(
            instrument: instrument, idPlace: mapping.place(of: "id"), effectivePlace: mapping.place(of: "effective"),
            amendsPlace: mapping.place(of: "amends"), node: mapping.node, operations: placed)
    }

    // MARK: Checks within one instrument

    private static func checkParts(_ kind: Instrument.Kind?, _ mapping: MappingReading) {
        if kind == .amendment, let place = mapping.keyPlace(of: "clauses") {
            mapping.context.error(
                .clausesInAmendment, at: place, offending: "clauses",
                message: "an amendment has no clauses of its own",
                expected: "`operations`: a list of `add`, `replace`, `end`, `suspend` and `resume`",
                mend: "write each clause as `- add: {...}` under `operations`")
        }
        if kind == .interpretation, let place = mapping.keyPlace(of: "clauses") {
            mapping.context.error(
                .clausesInInterpretation, at: place, offending: "clauses",
                message: "an interpretation has no clauses: it says how the words of others are read",
                expected: "`statements`, each with the clauses that it is about",
                mend: "quote it under `statements`; words that change a clause are an amendment")
        }
        if let kind, !kind.changesTerms, let place = mapping.keyPlace(of: "operations") {
            mapping.context.error(
                .operationsWithoutEffect, at: place, offending: "operations",
                message: "a paper of the kind `\(kind.rawValue)` changes no term",
                expected: kind == .nonBinding ? "`statements`, or `clauses` to show what is proposed" : "`statements`",
                mend: "delete the operations, or check whether the paper is an amendment")
        }
        if let kind, !kind.changesTerms, let place = mapping.keyPlace(of: "precedence") {
            mapping.context.error(
                .operationsWithoutEffect, at: place, offending: "precedence",
                message: "a paper of the kind `\(kind.rawValue)` competes with no other",
                expected: "no `precedence`", mend: "delete the key")
        }
    }

    private static func checkProposals(_ proposals: [PlacedOperation], _ mapping: MappingReading) {
        var seen: Set<String> = []
        for proposal in proposals where !seen.insert(proposal.operation.clauseID).inserted {
            mapping.context.error(
                .duplicateID, at: proposal.idPlace, offending: proposal.operation.clauseID,
                message: "another clause of this instrument has this identifier",
                expected: "an identifier of its own for each clause", mend: "rename one of them")
        }
    }

    private static func checkAmends(_ kind: Instrument.Kind?, _ mapping: MappingReading) {
        let place = mapping.keyPlace(of: "amends")
        if kind == .amendment, place == nil {
            mapping.context.error(
                .amendsMissing, at: mapping.place, offending: "", message: "the amendment does not say what it amends",
                expected: "`amends`: the identifier of an earlier instrument", mend: "add `amends`")
        }
        guard let place, let kind, kind != .amendment, kind != .sideLetter else { return }
        mapping.context.error(
            .amendsUnexpected, at: place, offending: "amends",
            message: kind == .agreement
                ? "an agreement amends nothing" : "a paper of the kind `\(kind.rawValue)` amends nothing",
            expected: "`kind: amendment`, or no `amends`", mend: "change the kind, or delete the key")
    }

    private static func checkDates(
        signed: WrittenInstant?, effective: WrittenInstant?, recorded: WrittenInstant?, _ mapping: MappingReading
    ) {
        if let recorded, let signed = signed ?? effective, recorded.instant < signed.instant {
            mapping.context.error(
                .recordedBeforeSigned, at: mapping.place(of: "recorded"), offending: recorded.written,
                message: "the instrument was known before it was signed, on \(signed.written)",
                expected: "an instant on or after the signature", mend: "check both dates")
        }
        guard let signed, let effective, effective.instant < signed.instant else { return }
        mapping.context.warning(
            .effectiveBeforeSigned, at: mapping.place(of: "effective"), offending: effective.written,
            message: "the instrument takes effect before it was signed, on \(signed.written)",
            expected: "an effective date on or after the signature",
            mend: "check the dates; an amendment that reaches back changes no placement of the past")
    }

    private static func checkStatements(_ mapping: MappingReading) {
        var seen: Set<String> = []
        for item in mapping.node(of: "statements")?.items ?? [] {
            guard let id = item.entry("id")?.value, let name = id.text, !seen.insert(name).inserted else { continue }
            mapping.context.error(
                .duplicateID, at: id.place, offending: name, message: "the instrument has two statements of this name",
                expected: "an identifier of its own for each statement", mend: "rename one of them")
        }
    }

    // MARK: Parts

    private static let statementType: ValueType<Statement> = {
        let id = Field.required("id", ValueType<String>.identifier, "the name of the statement.")
        let text = Field.required("text", ValueType<String>.text, "the words of the paper.")
        let about = Field.defaulted(
            "about", ValueType<String>.identifier.list(1...ValueLimits.listItemsMax).orWord("none", []), to: [],
            written: "none", "the clauses that it is about.")
        let source = Field.optional("source", ValueType<Source>.source, "where the words were found.")
        let table = FieldTable(
            "a statement", [id.description, text.description, about.description, source.description])
        return table.type { mapping in
            let readID = mapping.value(id)
            let readText = mapping.value(text)
            let readAbout = mapping.value(about) ?? []
            let readSource = mapping.value(source)
            guard let readID, let readText else { return nil }
            return Statement(id: readID, text: readText, about: readAbout, source: readSource)
        }
    }()
}
