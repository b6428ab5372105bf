// SPDX-License-Identifier: Apache-2.0

/// Writes the text in force at an instant as an agreement's file that reads back to the same terms then.
///
/// Each instrument that still speaks is an instrument of its own, with the clauses in force that have its words. What
/// another instrument ended, put off or resumed has that instant as its own beginning or end.
package enum ConsolidatedYAML {
    /// The file.
    ///
    /// - Parameters:
    ///   - member: the agreement as read.
    ///   - at: the instant; instruments that take effect later are left out.
    /// - Returns: YAML in UTF-8; `nil` where no instrument has taken effect by then.
    package static func text(of member: AgreementVersion.Member, at: Instant) -> String? {
        let trees = ClauseTrees(member.canonical)
        var document = member.document
        document.instruments.removeAll { $0.isDraft || $0.effective > at }
        let terms = Terms(of: [(document, Consolidation(document, events: member.events))], at: at)
        var lines: [String] = []
        for entry in inOrder(trees.header?.entries ?? [], HeaderReading.table) {
            write(entry.key, entry.value, indentation: "", depth: 2, to: &lines)
        }
        lines.append("instruments:")
        let ordered = Consolidation.ordered(document.instruments)
        let speaking = ordered.filter { instrument in
            terms.clauses.contains { $0.instrument == instrument.id } || !instrument.statements.isEmpty
        }
        guard let last = ordered.last else { return nil }
        // A file has an instrument; where none says anything any more, it is the last.
        var written: [Terms.InForce] = []
        for instrument in speaking.isEmpty ? [last] : speaking {
            let clauses = terms.clauses.filter { $0.instrument == instrument.id }
            guard let root = trees.instruments[instrument.id] else { continue }
            let own = ["id", "title", "signed", "effective", "source", "statements"]
            var isFirst = true
            for entry in inOrder(root.entries ?? [], InstrumentReading.table) where own.contains(entry.key) {
                write(
                    entry.key, entry.value, indentation: isFirst ? "  - " : "    ",
                    depth: entry.key == "statements" ? 2 : 1, to: &lines)
                if isFirst { lines.append("    kind: agreement") }
                isFirst = false
            }
            // Words that run off beside the ones that replaced them were in force when these came.
            let replacing = clauses.filter { inForce in
                written.contains { $0.clause.id == inForce.clause.id && $0.to > instrument.effective }
            }
            for (key, group) in [
                ("clauses", clauses.filter { !replacing.contains($0) }), ("operations", replacing),
            ] where !group.isEmpty {
                lines.append("    \(key):")
                for inForce in group {
                    guard let node = trees.clauses(of: instrument.id)[inForce.clause.id] else { continue }
                    let entries = entries(of: inForce, node, effective: instrument.effective, events: member.events)
                    let isReplacing = key == "operations"
                    if isReplacing { lines.append("      - replace:") }
                    for (index, entry) in entries.enumerated() {
                        let indentation = isReplacing ? "          " : index == 0 ? "      - " : "        "
                        write(entry.key, entry.value, indentation: indentation, depth: 1, to: &lines)
                    }
                }
            }
            written += clauses
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The words of a clause in force, with the period that other instruments left it.
    private static func entries(
        of inForce: Terms.InForce, _ node: YAMLNode, effective: Instant, events: [EventOccurrence]
    ) -> [YAMLNode.Entry] {
        let clause = inForce.clause
        var entries = node.entries ?? []
        func replace(_ keys: [String], with key: String, _ instant: Instant) {
            entries.removeAll { keys.contains($0.key) }
            let value = YAMLNode(.scalar(.init(text: instant.description, isPlain: true)), at: node.place)
            entries.append(YAMLNode.Entry(key: key, keyPlace: node.place, value: value))
        }
        if inForce.from != max(clause.from ?? effective, effective) { replace(["from"], with: "from", inForce.from) }
        let isOver = clause.until?.isOver(at: inForce.to, events: events) ?? false
        if inForce.to != .distantFuture, !isOver { replace(["until", "through"], with: "until", inForce.to) }
        return inOrder(entries, FieldTable("", ClauseTrees.fields(ofKind: clause.kind.name)))
    }

    /// Writes one key: its value on the same line, or for so many levels its parts on lines of their own.
    private static func write(
        _ key: String, _ value: YAMLNode, indentation: String, depth: Int, to lines: inout [String]
    ) {
        let name = indentation + key + ":"
        let inner = String(repeating: " ", count: indentation.count + 2)
        if depth > 1, let entries = value.entries, !entries.isEmpty {
            lines.append(name)
            for entry in entries { write(entry.key, entry.value, indentation: inner, depth: depth - 1, to: &lines) }
        } else if let items = value.items, items.contains(where: { $0.text == nil }) {
            lines.append(name)
            lines += items.map { "\(inner)- \(FlowText.text(of: $0))" }
        } else {
            lines.append("\(name) \(FlowText.text(of: value))")
        }
    }

    /// Keys in the order in which they are documented.
    private static func inOrder(_ entries: [YAMLNode.Entry], _ table: FieldTable) -> [YAMLNode.Entry] {
        let known = table.names.compactMap { name in entries.first { $0.key == name } }
        return known + entries.filter { !table.names.contains($0.key) }
    }
}
