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
        "amends", ValueType<String>.identifier, "the instrument that an amendment amends.")
    private static let precedence = Field.optional(
        "precedence", ValueType<Int64>.integer(-1_000...1_000),
        "which of two instruments that touch one clause at one instant goes later; the higher wins.")
    private static let draft = Field.defaulted(
        "draft", ValueType<Bool>.boolean, to: false, written: "false", "whether it is not signed yet.")
    private static let clauses = Field.defaulted(
        "clauses", ClauseReading.type { .add($0) }.list(1...ValueLimits.clausesMax).orWord("none", []), to: [],
        written: "none", "the clauses that an agreement begins with.")
    private static let operations = Field.defaulted(
        "operations", operationType.list(1...ValueLimits.clausesMax).orWord("none", []), to: [],
        written: "none", "what it does to clauses.")
    private static let statements = Field.defaulted(
        "statements", statementType.list(1...ValueLimits.clausesMax).orWord("none", []), to: [],
        written: "none", "sentences that no kind of clause expresses yet, word for word.")
    private static let source = Field.optional(
        "source", ValueType<Source>.source, "where the text of the paper was found.")

    /// The keys of an instrument.
    static let table = FieldTable(
        "an instrument",
        [
            id.description, kind.description, title.description, signed.description, effective.description,
            amends.description, precedence.description, draft.description, clauses.description,
            operations.description, statements.description, source.description,
        ])

    /// The type of an instrument with its places.
    static let type: ValueType<PlacedInstrument> = table.type { read($0) }

    private static func read(_ mapping: MappingReading) -> PlacedInstrument? {
        let readID = mapping.value(id)
        let readKind = mapping.value(kind)
        let readTitle = mapping.value(title)
        let readSigned = mapping.value(signed)
        let readEffective = mapping.value(effective)
        let readAmends = mapping.value(amends)
        let readPrecedence = mapping.value(precedence)
        let readDraft = mapping.value(draft)
        if readKind == .amendment { refuseClauses(mapping) }
        let placed = (mapping.value(clauses) ?? []) + (mapping.value(operations) ?? [])
        let readStatements = mapping.value(statements) ?? []
        let readSource = mapping.value(source)
        checkStatements(mapping)
        checkAmends(readKind, mapping)
        checkDates(signed: readSigned, effective: readEffective, mapping)
        if placed.isEmpty, readStatements.isEmpty, mapping.keyPlace(of: "clauses") == nil,
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
            precedence: readPrecedence.map { Int($0) }, isDraft: readDraft, operations: placed.map(\.operation),
            statements: readStatements, source: readSource)
        return PlacedInstrument(
            instrument: instrument, idPlace: mapping.place(of: "id"), effectivePlace: mapping.place(of: "effective"),
            amendsPlace: mapping.place(of: "amends"), operations: placed)
    }

    // MARK: Checks within one instrument

    private static func refuseClauses(_ mapping: MappingReading) {
        guard let place = mapping.keyPlace(of: "clauses") else { return }
        mapping.context.error(
            .clausesInAmendment, at: place, offending: "clauses", message: "an amendment has no clauses of its own",
            expected: "`operations`: a list of `add`, `replace` and `end`",
            mend: "write each clause as `- add: {...}` under `operations`")
    }

    private static func checkAmends(_ kind: Instrument.Kind?, _ mapping: MappingReading) {
        let place = mapping.keyPlace(of: "amends")
        if kind == .amendment, place == nil {
            mapping.context.error(
                .amendsMissing, at: mapping.place, offending: "", message: "the amendment does not say what it amends",
                expected: "`amends`: the identifier of an earlier instrument", mend: "add `amends`")
        }
        if kind == .agreement, let place {
            mapping.context.error(
                .amendsUnexpected, at: place, offending: "amends", message: "an agreement amends nothing",
                expected: "`kind: amendment`, or no `amends`", mend: "change the kind, or delete the key")
        }
    }

    private static func checkDates(signed: WrittenInstant?, effective: WrittenInstant?, _ mapping: MappingReading) {
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
        let source = Field.optional("source", ValueType<Source>.source, "where the words were found.")
        return FieldTable("a statement", [id.description, text.description, source.description]).type { mapping in
            let readID = mapping.value(id)
            let readText = mapping.value(text)
            let readSource = mapping.value(source)
            guard let readID, let readText else { return nil }
            return Statement(id: readID, text: readText, source: readSource)
        }
    }()

    private static let operationType: ValueType<PlacedOperation> = {
        let add = Field.optional("add", ClauseReading.type { .add($0) }, "a clause that is not in force yet.")
        let replace = Field.optional(
            "replace", ClauseReading.type { .replace($0) }, "new words for the clause with the same identifier.")
        let endType = ValueType<PlacedOperation>(.identifier) { node, context in
            ValueType<String>.identifier.read(node, context).map {
                PlacedOperation(
                    operation: .end($0), node: node, idPlace: node.place, fromPlace: node.place, untilPlace: node.place)
            }
        }
        let end = Field.optional("end", endType, "the identifier of a clause that is over.")
        return FieldTable("an operation", [add.description, replace.description, end.description]).type { mapping in
            let names = ["add", "replace", "end"]
            if names.allSatisfy({ mapping.keyPlace(of: $0) == nil }) {
                mapping.context.error(
                    .oneOperation, at: mapping.place, offending: "", message: "the item is no operation",
                    expected: "one of \(FieldShape.quoted(names))", mend: "write what happens to which clause")
            }
            mapping.allowOne(of: names)
            let results = [mapping.value(add), mapping.value(replace), mapping.value(end)]
            return results.compactMap { $0 }.first
        }
    }()
}
