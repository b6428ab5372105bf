// SPDX-License-Identifier: Apache-2.0

/// Reads clauses: the fields that every clause has, and those of its kind.
enum ClauseReading {
    private static let id = Field.required(
        "id", ValueType<String>.identifier, "the name by which amendments and decisions speak of it.")
    private static let kind = Field.required("kind", kindType, "what the clause means.")
    private static let appliesTo = Field.defaulted(
        "applies_to", ValueType<Condition>.condition.orWord("any", .always), to: .always, written: "any",
        "the workloads it is about; all where it is missing.")
    private static let carveOuts = Field.defaulted(
        "carve_outs", carveOutType.list(1...ValueLimits.listItemsMax).orWord("none", []), to: [],
        written: "none", "workloads that this clause, and no other, lets go.")
    private static let from = Field.optional(
        "from", ValueType<WrittenInstant>.date, "when it begins; with its instrument where it is missing.")
    private static let until = Field.optional("until", ValueType<Until>.until, "when it is over.")
    private static let through = Field.optional("through", ValueType<Until>.through, "the last day on which it holds.")
    private static let text = Field.optional("text", ValueType<String>.text, "the words of the paper.")
    private static let source = Field.optional("source", ValueType<Source>.source, "where the words were found.")
    private static let assumed = Field.defaulted(
        "assumed", ValueType<String>.text.list(1...ValueLimits.listItemsMax).orWord("none", []), to: [],
        written: "none", "the fields on which the paper is silent.")

    private static let kindType = ValueType<ClauseKind>(.word(ClauseKind.all.map(\.name))) { node, context in
        guard let name = WordReading.read(node, among: ClauseKind.all.map(\.name), context) else { return nil }
        return ClauseKind.all.first { $0.name == name }
    }

    /// The keys that every clause has.
    static let commonFields: [FieldDescription] = [
        id.description, kind.description, appliesTo.description, carveOuts.description, from.description,
        until.description, through.description, text.description, source.description, assumed.description,
    ]

    /// The keys of a clause of a kind.
    static func table(of clauseKind: ClauseKind) -> FieldTable {
        FieldTable(
            "a clause of the kind `\(clauseKind.name)`",
            Array(commonFields.prefix(2)) + clauseKind.fields + Array(commonFields.dropFirst(2)),
            alternatives: clauseKind.alternatives + [FieldTable.Alternatives(["until", "through"])])
    }

    /// Reads an operation that gives words to a clause.
    static func type(
        _ operation: @escaping @Sendable (Clause) -> Instrument.Operation
    ) -> ValueType<PlacedOperation> {
        ValueType<PlacedOperation>(.clause) { node, context in
            guard node.entries != nil else {
                context.wrongShape(node, expected: .clause)
                return nil
            }
            guard let kindNode = node.entry("kind")?.value else {
                context.error(
                    .missingKey, at: node.place, offending: "", message: "`kind` is missing in a clause",
                    expected: "`kind`: \(kindType.shape.expectation)", mend: "add `kind`: \(kind.description.summary)")
                return nil
            }
            guard let clauseKind = kindType.read(kindNode, context),
                let mapping = MappingReading(node, table(of: clauseKind), context)
            else { return nil }
            return read(mapping, clauseKind).map { clause in
                PlacedOperation(
                    operation: operation(clause), node: node,
                    idPlace: mapping.place(of: "id"),
                    fromPlace: mapping.place(of: "from"),
                    untilPlace: mapping.place(of: mapping.keyPlace(of: "until") == nil ? "through" : "until"))
            }
        }
    }

    private static func read(_ mapping: MappingReading, _ clauseKind: ClauseKind) -> Clause? {
        let readID = mapping.value(id)
        let readKind = clauseKind.read(mapping)
        let readAppliesTo = mapping.value(appliesTo)
        let readCarveOuts = mapping.value(carveOuts) ?? []
        let readFrom = mapping.value(from)
        let readUntil = mapping.value(until)
        let readThrough = mapping.value(through)
        let readText = mapping.value(text)
        let readSource = mapping.value(source)
        let readAssumed = mapping.value(assumed) ?? []
        checkAssumed(mapping, clauseKind)
        checkCarveOuts(mapping)
        guard let readID, let readKind, let readAppliesTo else { return nil }
        return Clause(
            id: readID, kind: readKind, appliesTo: readAppliesTo, carveOuts: readCarveOuts, from: readFrom?.instant,
            until: readUntil ?? readThrough, text: readText, source: readSource, assumed: readAssumed)
    }

    /// Names in `assumed` must be of fields that the reader of the file can see.
    private static func checkAssumed(_ mapping: MappingReading, _ clauseKind: ClauseKind) {
        let assumable = (clauseKind.fields.map(\.name) + ["applies_to", "carve_outs", "from", "until", "through"])
            .filter { mapping.keyPlace(of: $0) != nil }
        for item in mapping.node(of: "assumed")?.items ?? [] {
            guard let name = item.text, !assumable.contains(name) else { continue }
            let near = Resemblance.nearest(to: name, among: assumable).map { "did you mean `\($0)`?" }
            mapping.context.error(
                .assumedUnknownField, at: item.place, offending: name,
                message: "the clause has no such field to assume",
                expected: "one of the fields written in this clause: \(FieldShape.quoted(assumable))",
                mend: near ?? "write the field out, or take it out of `assumed`")
        }
    }

    private static func checkCarveOuts(_ mapping: MappingReading) {
        var seen: Set<String> = []
        for item in mapping.node(of: "carve_outs")?.items ?? [] {
            guard let id = item.entry("id")?.value, let name = id.text, !seen.insert(name).inserted else { continue }
            mapping.context.error(
                .duplicateID, at: id.place, offending: name, message: "the clause has two carve-outs of this name",
                expected: "an identifier of its own for each carve-out", mend: "rename one of them")
        }
    }

    private static let carveOutType: ValueType<CarveOut> = {
        let id = Field.required("id", ValueType<String>.identifier, "the name that decisions show.")
        let appliesTo = Field.required("applies_to", .condition, "the workloads that the clause lets go.")
        let text = Field.optional("text", ValueType<String>.text, "the words of the paper.")
        return FieldTable("a carve-out", [id.description, appliesTo.description, text.description]).type { mapping in
            let readID = mapping.value(id)
            let readAppliesTo = mapping.value(appliesTo)
            let readText = mapping.value(text)
            guard let readID, let readAppliesTo else { return nil }
            return CarveOut(id: readID, appliesTo: readAppliesTo, text: readText)
        }
    }()
}
