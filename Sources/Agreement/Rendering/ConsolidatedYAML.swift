// SPDX-License-Identifier: Apache-2.0

/// Writes the text in force at an instant as an agreement's file that reads back to the same terms then.
///
/// Each instrument that still speaks is an instrument of its own: with the words that are in force then or later, with
/// those that they name, and with what it did to either. Words that are over and that nothing names are left out.
package enum ConsolidatedYAML {
    /// The file.
    ///
    /// - Parameters:
    ///   - member: the agreement as read.
    ///   - at: the instant; instruments that take effect later are left out.
    /// - Returns: YAML in UTF-8; `nil` where no instrument has taken effect by then.
    package static func text(of member: AgreementVersion.Member, at: Instant) -> String? {
        var document = member.document
        document.instruments.removeAll { $0.isDraft || $0.effective > at }
        document.instruments = Consolidation.ordered(document.instruments)
        guard let last = document.instruments.last else { return nil }
        let file = File(document, trees: ClauseTrees(member.canonical), events: member.events, at: at)
        var lines = [
            "# The text in force at \(at), with what its papers have begin later.",
            "# Papers that take effect only after that instant are left out.",
        ]
        for entry in inOrder(file.trees.header?.entries ?? [], HeaderReading.table) {
            write(entry.key, entry.value, indentation: "", depth: 2, to: &lines)
        }
        lines.append("instruments:")
        let speaking = document.instruments.filter { instrument in
            !instrument.statements.isEmpty || file.standing.lines.contains { $0.instrument.id == instrument.id }
        }
        // A file has an instrument; where none says anything any more, it is the last.
        for instrument in speaking.isEmpty ? [last] : speaking { file.write(instrument, to: &lines) }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What a file is made from.
    private struct File {
        let trees: ClauseTrees
        let standing: StandingOperations
        private let consolidation: Consolidation
        private let events: [EventOccurrence]
        private let at: Instant

        init(_ document: AgreementDocument, trees: ClauseTrees, events: [EventOccurrence], at: Instant) {
            self.trees = trees
            self.events = events
            self.at = at
            consolidation = Consolidation(document, events: events)
            standing = StandingOperations(
                document.instruments, consolidation, Terms(of: [(document, consolidation)], at: at), at: at)
        }

        func write(_ instrument: Instrument, to lines: inout [String]) {
            guard let root = trees.instruments[instrument.id] else { return }
            let own = ["id", "title", "signed", "effective", "precedence", "source", "statements"]
            // Papers that change terms stand as agreements: what they amended may not be there any more.
            let kind = instrument.kind.changesTerms ? Instrument.Kind.agreement : instrument.kind
            var isFirst = true
            for entry in inOrder(root.entries ?? [], InstrumentReading.table) where own.contains(entry.key) {
                let value = entry.key == "statements" ? statements(entry.value, of: instrument) : entry.value
                ConsolidatedYAML.write(
                    entry.key, value, indentation: isFirst ? "  - " : "    ", depth: entry.key == "statements" ? 2 : 1,
                    to: &lines)
                if isFirst { lines.append("    kind: \(kind.rawValue)") }
                isFirst = false
            }
            let done = standing.lines.filter { $0.instrument.id == instrument.id }
            let beginning = done.filter { $0.isFirst || $0.operation.isAddition }
            if !beginning.isEmpty { lines.append("    clauses:") }
            for line in beginning { write(line, first: "      - ", rest: "        ", to: &lines) }
            let other = done.filter { !$0.isFirst && !$0.operation.isAddition }
            if !other.isEmpty { lines.append("    operations:") }
            for line in other {
                if line.operation.clause != nil {
                    lines.append("      - replace:")
                    write(line, first: "          ", rest: "          ", to: &lines)
                } else if let node = operation(line, in: root) {
                    lines.append("      - \(FlowText.text(of: node))")
                }
            }
        }

        /// Writes the words of a clause.
        private func write(
            _ line: StandingOperations.Line, first: String, rest: String, to lines: inout [String]
        ) {
            guard let clause = line.operation.clause, let node = trees.clauses(of: line.instrument.id)[clause.id] else {
                return
            }
            let end = consolidation.periods.last {
                $0.clause.id == clause.id && $0.instrument == line.instrument.id && $0.to <= at
            }?.to
            let written = dated(node, end, instead: clause.until).entries ?? []
            let entries = inOrder(written, FieldTable("", ClauseTrees.fields(ofKind: clause.kind.name)))
            for (index, entry) in entries.enumerated() {
                ConsolidatedYAML.write(
                    entry.key, entry.value, indentation: index == 0 ? first : rest, depth: 1, to: &lines)
            }
        }

        /// An operation that gives no words.
        private func operation(_ line: StandingOperations.Line, in root: YAMLNode) -> YAMLNode? {
            let id = line.operation.clauseID
            let node = root.entry("operations")?.value.items?.first {
                $0.entry(line.operation.name)?.value.text == id
            }
            let end = consolidation.suspensions.last {
                $0.clause == id && $0.instrument == line.instrument.id && $0.to <= at
            }?.to
            return node.map { dated($0, end, instead: line.operation.writtenUntil) }
        }

        /// A clause or an operation whose end an event brought: a file does not say which events have happened.
        private func dated(_ node: YAMLNode, _ end: Instant?, instead until: Until?) -> YAMLNode {
            guard let end, let until, until.isOver(at: at, events: events), !until.isOver(at: at, events: []) else {
                return node
            }
            let value = YAMLNode(.scalar(.init(text: end.description, isPlain: true)), at: node.place)
            let rest = (node.entries ?? []).filter { $0.key != "until" && $0.key != "through" }
            let entry = YAMLNode.Entry(key: "until", keyPlace: node.place, value: value)
            return YAMLNode(.mapping(rest + [entry]), at: node.place)
        }

        /// Sentences, about those clauses alone that are still there.
        private func statements(_ node: YAMLNode, of instrument: Instrument) -> YAMLNode {
            let items = (node.items ?? []).map { item in
                let entries = (item.entries ?? []).compactMap { entry -> YAMLNode.Entry? in
                    guard entry.key == "about", let clauses = entry.value.items else { return entry }
                    let kept = clauses.filter { standing.names($0.text ?? "", in: instrument) }
                    guard !kept.isEmpty else { return nil }
                    return YAMLNode.Entry(
                        key: entry.key, keyPlace: entry.keyPlace,
                        value: YAMLNode(.sequence(kept), at: entry.value.place))
                }
                return YAMLNode(.mapping(entries), at: item.place)
            }
            return node.items == nil ? node : YAMLNode(.sequence(items), at: node.place)
        }
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
