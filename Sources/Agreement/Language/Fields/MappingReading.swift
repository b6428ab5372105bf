// SPDX-License-Identifier: Apache-2.0

/// Reads one mapping by its table: unknown keys are refused at once, and each field is read where it is asked for.
package struct MappingReading {
    /// Where the mapping begins.
    package let place: Place
    package let context: ReadingContext
    private let table: FieldTable
    /// The mapping as written.
    package let node: YAMLNode

    /// Opens a mapping; `nil`, with an error noted, where the node is none.
    package init?(_ node: YAMLNode, _ table: FieldTable, _ context: ReadingContext) {
        guard let entries = node.entries else {
            context.wrongShape(node, expected: table.shape)
            return nil
        }
        self.node = node
        self.table = table
        self.context = context
        place = node.place
        // A misspelt key is told once, not as missing as well.
        let misspelt = entries.filter { !table.names.contains($0.key) }.map { refuse($0) }
        for field in table.fields
        where field.isRequired && node.entry(field.name) == nil && !misspelt.contains(field.name) {
            context.error(
                .missingKey, at: place, offending: "", message: "`\(field.name)` is missing in \(table.name)",
                expected: "`\(field.name)`: \(field.shape.expectation)",
                mend: "add `\(field.name)`: \(field.summary)")
        }
        for alternatives in table.alternatives { allowOne(of: alternatives.names) }
    }

    /// The value of a field: as written, or its default; `nil` where there is none, or after an error.
    package func value<Value>(_ field: Field<Value>) -> Value? {
        precondition(table.names.contains(field.description.name), "a field is read that its table does not declare")
        guard let entry = node.entry(field.description.name) else { return field.fallback }
        return field.type.read(entry.value, context) ?? field.fallback
    }

    /// Where the value of a key is written; the mapping's beginning where it is not.
    package func place(of name: String) -> Place {
        node.entry(name)?.value.place ?? place
    }

    /// Where a key is written; `nil` where it is not.
    package func keyPlace(of name: String) -> Place? {
        node.entry(name)?.keyPlace
    }

    /// The value of a key as written; `nil` where it is not.
    package func node(of name: String) -> YAMLNode? {
        node.entry(name)?.value
    }

    /// Refuses all but the first of some keys that exclude each other.
    package func allowOne(of names: [String]) {
        let written = names.compactMap { node.entry($0) }.sorted { $0.keyPlace < $1.keyPlace }
        for entry in written.dropFirst() {
            context.error(
                .keysExcludeEachOther, at: entry.keyPlace, offending: entry.key,
                message: "`\(entry.key)` and `\(written[0].key)` exclude each other",
                expected: "one of \(FieldShape.quoted(names))", mend: "delete one of them")
        }
    }

    /// Refuses a key, and returns the one that was probably meant.
    private func refuse(_ entry: YAMLNode.Entry) -> String? {
        let near = Resemblance.nearest(to: entry.key, among: table.names)
        context.error(
            .unknownKey, at: entry.keyPlace, offending: entry.key,
            message: "\(table.name) has no key of this name",
            expected: table.names.isEmpty ? "no key" : "one of \(FieldShape.quoted(table.names))",
            mend: near.map { "did you mean `\($0)`?" } ?? "delete the key, or write one of the above")
        return near
    }
}
