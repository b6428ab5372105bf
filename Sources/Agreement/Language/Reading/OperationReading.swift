// SPDX-License-Identifier: Apache-2.0

/// Reads the operations of an instrument on clauses.
enum OperationReading {
    private static let names = ["add", "replace", "end", "suspend", "resume"]
    private static let add = Field.optional(
        "add", ClauseReading.type { .add($0) }, "a clause that is not in force yet.")
    private static let replace = Field.optional(
        "replace", ClauseReading.type { .replace($0) }, "new words for the clause with the same identifier.")
    private static let end = Field.optional(
        "end", ValueType<String>.identifier, "the identifier of a clause that is over.")
    private static let suspend = Field.optional(
        "suspend", ValueType<String>.identifier, "the identifier of a clause that is out of force for a while.")
    private static let resume = Field.optional(
        "resume", ValueType<String>.identifier, "the identifier of a clause whose suspension is over.")
    private static let from = Field.optional(
        "from", ValueType<WrittenInstant>.date,
        "when a clause ends, is suspended or resumed; with the instrument where it is missing.")
    private static let until = Field.optional("until", ValueType<Until>.until, "when a suspension is over.")
    private static let through = Field.optional(
        "through", ValueType<Until>.through, "the last day of a suspension.")

    /// The keys of an operation.
    static let table = FieldTable(
        "an operation",
        [
            add.description, replace.description, end.description, suspend.description, resume.description,
            from.description, until.description, through.description,
        ],
        alternatives: [
            FieldTable.Alternatives(names, isRequired: true), FieldTable.Alternatives(["until", "through"]),
        ])

    /// The type of an operation with its places.
    static let type: ValueType<PlacedOperation> = table.type { mapping in
        if names.allSatisfy({ mapping.keyPlace(of: $0) == nil }) {
            mapping.context.error(
                .oneOperation, at: mapping.place, offending: "", message: "the item is no operation",
                expected: "one of \(FieldShape.quoted(names))", mend: "write what happens to which clause")
        }
        let words = [mapping.value(add), mapping.value(replace)].compactMap { $0 }.first
        let readEnd = mapping.value(end)
        let readSuspend = mapping.value(suspend)
        let readResume = mapping.value(resume)
        let readFrom = mapping.value(from)?.instant
        let readUntil = mapping.value(until)
        let readThrough = mapping.value(through)
        checkTimes(mapping)
        if let words { return words }
        let operation: Instrument.Operation?
        let key: String
        if let readEnd {
            (operation, key) = (.end(readEnd, from: readFrom), "end")
        } else if let readSuspend {
            let suspension = Instrument.Suspension(
                clause: readSuspend, from: readFrom, until: readUntil ?? readThrough)
            (operation, key) = (.suspend(suspension), "suspend")
        } else {
            (operation, key) = (readResume.map { .resume($0, from: readFrom) }, "resume")
        }
        guard let operation, let node = mapping.node(of: key) else { return nil }
        return PlacedOperation(
            operation: operation, node: node, idPlace: node.place, fromPlace: mapping.place(of: "from"),
            untilPlace: mapping.place(of: mapping.keyPlace(of: "until") == nil ? "through" : "until"))
    }

    /// Times beside an operation belong to it alone; the times of words stand in the clause.
    private static func checkTimes(_ mapping: MappingReading) {
        for key in ["from", "until", "through"] {
            guard let place = mapping.keyPlace(of: key) else { continue }
            let word = names.first { mapping.keyPlace(of: $0) != nil }
            if word == "add" || word == "replace" {
                mapping.context.error(
                    .timeBesideWords, at: place, offending: key,
                    message: "the time stands beside the clause, not in it",
                    expected: "`\(key)` among the keys of the clause", mend: "move it into the clause")
            } else if key != "from", word != "suspend" {
                mapping.context.error(
                    .endWithoutSuspension, at: place, offending: key,
                    message: "only a suspension is over by itself", expected: "`\(key)` beside `suspend`",
                    mend: word == "resume" ? "write `from`" : "write `suspend`, or delete the key")
            }
        }
    }
}
