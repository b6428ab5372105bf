// SPDX-License-Identifier: Apache-2.0

extension ConsolidatedText {
    /// The text as Markdown.
    package var markdown: String {
        var lines = ["# \(MarkdownText.escaped(title))", ""]
        lines.append("The text of \(MarkdownText.code(agreement)) in force at \(at) (\(timezone)).")
        for (heading, items) in [("Parties", parties), ("Clouds", clouds), ("Events", events)] where !items.isEmpty {
            lines += ["", "## \(heading)", ""]
            lines += items.map { "- \(MarkdownText.code($0.name)): \(MarkdownText.escaped($0.value))" }
        }
        lines += ["", "## Instruments", ""] + instruments.flatMap(Self.markdown)
        lines += ["", "## Clauses"]
        if clauses.isEmpty { lines += ["", "No clause is in force."] }
        for clause in clauses { lines += Self.markdown(clause) }
        if !statements.isEmpty {
            lines += ["", "## Statements", "", "Sentences of the papers that decide nothing here."]
        }
        for statement in statements {
            lines += ["", "### \(statement.id)", ""] + MarkdownText.quote(statement.text)
            lines += ["", "Of \(MarkdownText.code(statement.instrument))\(Self.about(statement.about))."]
            lines += Self.source(statement.source)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func markdown(_ instrument: InstrumentLine) -> [String] {
        var text = "- \(MarkdownText.code(instrument.id)) (\(instrument.kind))"
        if let title = instrument.title { text += ": \(MarkdownText.escaped(title))" }
        text += "; signed \(instrument.signed), in effect from \(instrument.effective)"
        text += instrument.source.map { "; \(source($0))" } ?? ""
        return [text] + instrument.proposals.flatMap(markdown)
    }

    private static func markdown(_ proposal: ProposalLine) -> [String] {
        var lines = proposal.words.map { "- \(MarkdownText.paragraph($0))" } + proposal.fields.map(markdown)
        for carveOut in proposal.carveOuts {
            lines.append("- carve-out \(MarkdownText.code(carveOut.id)): \(MarkdownText.code(carveOut.appliesTo))")
            if let text = carveOut.text { lines += [""] + MarkdownText.quote(text).map { "  " + $0 } + [""] }
        }
        if let quote = proposal.quote { lines += [""] + MarkdownText.quote(quote) }
        lines += source(proposal.source)
        let head = "  - Proposed, without effect: \(MarkdownText.code(proposal.id)), **\(proposal.kind)**"
        return [head] + lines.map { $0.isEmpty ? "" : "    " + $0 }
    }

    private static func about(_ clauses: [AboutLine]) -> String {
        guard !clauses.isEmpty else { return "" }
        let names = clauses.map { MarkdownText.code($0.clause) + ($0.isShown ? "" : " (not in force)") }
        return ", about \(ShortList.text(names, "and"))"
    }

    private static func markdown(_ clause: Entry) -> [String] {
        var lines = ["", "### \(clause.id)", "", "**\(clause.kind)**, of \(MarkdownText.code(clause.instrument))."]
        if clause.isOutOfTerm { lines[lines.count - 1] += " Outside its term: what it licensed is forbidden." }
        if !clause.words.isEmpty { lines += [""] + clause.words.map(MarkdownText.paragraph) }
        if let quote = clause.quote { lines += [""] + MarkdownText.quote(quote) }
        lines += source(clause.source)
        lines += [""] + clause.fields.map(markdown)
        for carveOut in clause.carveOuts {
            lines.append("- carve-out \(MarkdownText.code(carveOut.id)): \(MarkdownText.code(carveOut.appliesTo))")
            if let text = carveOut.text { lines += [""] + MarkdownText.quote(text).map { "  " + $0 } + [""] }
        }
        lines += ["", period(clause)]
        if !clause.defaults.isEmpty {
            lines += ["", "No clause says what shows that capacity is lacking. By default:", ""]
            lines += clause.defaults.map(markdown)
        }
        if !clause.history.isEmpty { lines += ["", "History:", ""] }
        for line in clause.history {
            let mark = line.isToCome ? " (to come)" : ""
            lines.append("- \(line.day): \(line.what) by \(MarkdownText.code(line.instrument))\(mark)")
        }
        return lines
    }

    private static func markdown(_ field: FieldLine) -> String {
        let mark = field.origin == .written ? "" : " (\(field.origin.rawValue))"
        return "- \(field.name): \(MarkdownText.code(field.value))\(mark)"
    }

    private static func period(_ clause: Entry) -> String {
        let written = clause.writtenPeriod.map { "\($0.name) \(MarkdownText.code($0.value))" }
        return "As written: \(clause.beginning(written)). In force from \(clause.from) "
            + (clause.to == "open" ? "without end." : "to before \(clause.to).")
    }

    private static func source(_ source: Source?) -> [String] {
        source.map { ["", "Source: \(Self.source($0))."] } ?? []
    }

    private static func source(_ source: Source) -> String {
        "\(MarkdownText.link(source.title, to: source.url)), grade \(source.grade.rawValue)"
    }
}
