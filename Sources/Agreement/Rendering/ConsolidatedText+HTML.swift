// SPDX-License-Identifier: Apache-2.0

extension ConsolidatedText {
    /// The text as one HTML page that needs nothing else and prints well.
    package var html: String {
        var lines = [
            "<!DOCTYPE html>", "<html lang=\"en\">", "<head>", "<meta charset=\"utf-8\">",
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
            HTMLText.element("title", HTMLText.escaped("\(title), in force at \(at)")), "<style>", Self.style,
            "</style>",
            "</head>", "<body>", "<main>", HTMLText.element("h1", HTMLText.escaped(title)),
            HTMLText.element(
                "p",
                "The text of \(Self.code(agreement)) in force at \(HTMLText.escaped(at)) (\(HTMLText.escaped(timezone)))."
            ),
        ]
        for (heading, items) in [("Parties", parties), ("Clouds", clouds), ("Events", events)] where !items.isEmpty {
            lines += [HTMLText.element("h2", heading), Self.definitions(items.map { (Self.code($0.name), $0.value) })]
        }
        lines += [HTMLText.element("h2", "Instruments"), "<ol>"] + instruments.map(Self.html) + ["</ol>"]
        lines.append(HTMLText.element("h2", "Clauses"))
        if clauses.isEmpty { lines.append(HTMLText.element("p", "No clause is in force.")) }
        for clause in clauses { lines += Self.html(clause) }
        if !statements.isEmpty {
            lines.append(HTMLText.element("h2", "Statements"))
            lines.append(HTMLText.element("p", "Sentences of the papers that decide nothing here."))
        }
        for statement in statements {
            lines += ["<article>", HTMLText.element("h3", HTMLText.escaped(statement.id)), Self.quote(statement.text)]
            let of = "Of \(Self.code(statement.instrument))\(Self.about(statement.about))."
            lines += [HTMLText.element("p", of)] + Self.source(statement.source)
            lines.append("</article>")
        }
        return (lines + ["</main>", "</body>", "</html>"]).joined(separator: "\n") + "\n"
    }

    private static func html(_ instrument: InstrumentLine) -> String {
        var text = "\(code(instrument.id)) (\(HTMLText.escaped(instrument.kind)))"
        if let title = instrument.title { text += ": \(HTMLText.escaped(title))" }
        text += "; signed \(HTMLText.escaped(instrument.signed))"
        text += ", in effect from \(HTMLText.escaped(instrument.effective))"
        text += instrument.source.map { "; \(source($0))" } ?? ""
        let proposals = instrument.proposals.map(html).joined()
        return HTMLText.element("li", text + (proposals.isEmpty ? "" : HTMLText.element("ul", proposals)))
    }

    private static func html(_ proposal: ProposalLine) -> String {
        let head = "Proposed, without effect: \(code(proposal.id)), "
        var parts = [head + HTMLText.element("strong", HTMLText.escaped(proposal.kind))]
        parts += proposal.words.map { HTMLText.element("p", HTMLText.escaped($0)) }
        parts += [proposal.quote.map(quote)].compactMap { $0 } + source(proposal.source) + [fields(proposal.fields)]
        parts += proposal.carveOuts.flatMap(html)
        return HTMLText.element("li", parts.joined())
    }

    private static func html(_ carveOut: CarveOutLine) -> [String] {
        [HTMLText.element("p", "Carve-out \(code(carveOut.id)): \(code(carveOut.appliesTo))")]
            + [carveOut.text.map(quote)].compactMap { $0 }
    }

    private static func about(_ clauses: [AboutLine]) -> String {
        guard !clauses.isEmpty else { return "" }
        let names = clauses.map { code($0.clause) + ($0.isShown ? "" : " (not in force)") }
        return ", about \(ShortList.text(names, "and"))"
    }

    private static func html(_ clause: Entry) -> [String] {
        var head = "\(HTMLText.element("strong", HTMLText.escaped(clause.kind))), of \(code(clause.instrument))."
        if clause.isOutOfTerm { head += " Outside its term: what it licensed is forbidden." }
        var lines = [
            "<article>", HTMLText.element("h3", HTMLText.escaped(clause.id)), HTMLText.element("p", head),
        ]
        lines += clause.words.map { HTMLText.element("p", HTMLText.escaped($0)) }
        lines += [clause.quote.map(quote)].compactMap { $0 } + source(clause.source)
        lines.append(fields(clause.fields))
        lines += clause.carveOuts.flatMap(html)
        lines.append(HTMLText.element("p", class: "period", period(clause)))
        if !clause.defaults.isEmpty {
            lines.append(HTMLText.element("p", "No clause says what shows that capacity is lacking. By default:"))
            lines.append(fields(clause.defaults))
        }
        let history = clause.history.map { line in
            HTMLText.element(
                "li",
                "\(HTMLText.escaped(line.day)): \(HTMLText.escaped(line.what)) by \(code(line.instrument))"
                    + (line.isToCome ? " (to come)" : ""))
        }
        if !history.isEmpty { lines.append(HTMLText.element("p", class: "history", "History:")) }
        if !history.isEmpty { lines.append(HTMLText.element("ul", class: "history", history.joined())) }
        return lines + ["</article>"]
    }

    private static func fields(_ fields: [FieldLine]) -> String {
        definitions(
            fields.map { field in
                (HTMLText.escaped(field.name), field.value, field.origin == .written ? "" : field.origin.rawValue)
            })
    }

    private static func definitions(_ items: [(name: String, value: String)]) -> String {
        HTMLText.element(
            "dl",
            items.map { HTMLText.element("dt", $0.name) + HTMLText.element("dd", HTMLText.escaped($0.value)) }
                .joined())
    }

    private static func definitions(_ items: [(name: String, value: String, mark: String)]) -> String {
        HTMLText.element(
            "dl",
            items.map { item in
                let mark = item.mark.isEmpty ? "" : " " + HTMLText.element("em", "(\(item.mark))")
                return HTMLText.element("dt", item.name) + HTMLText.element("dd", code(item.value) + mark)
            }.joined())
    }

    private static func period(_ clause: Entry) -> String {
        let written = clause.writtenPeriod.map { "\(HTMLText.escaped($0.name)) \(code($0.value))" }
        return "As written: \(clause.beginning(written)). In force from \(HTMLText.escaped(clause.from)) "
            + (clause.to == "open" ? "without end." : "to before \(HTMLText.escaped(clause.to)).")
    }

    private static func quote(_ text: String) -> String {
        let paragraphs = text.split(whereSeparator: \.isNewline).map {
            HTMLText.element("p", HTMLText.escaped(String($0)))
        }
        return HTMLText.element("blockquote", paragraphs.joined())
    }

    private static func source(_ source: Source?) -> [String] {
        source.map { [HTMLText.element("p", class: "source", "Source: \(Self.source($0)).")] } ?? []
    }

    private static func source(_ source: Source) -> String {
        "\(HTMLText.link(source.title, to: source.url)), grade \(source.grade.rawValue)"
    }

    private static func code(_ text: String) -> String {
        HTMLText.element("code", HTMLText.escaped(text))
    }

    private static let style = """
        body { font: 16px/1.5 Georgia, serif; color: #111; background: #fff; margin: 0; }
        main { max-width: 46rem; margin: 0 auto; padding: 2rem 1rem; }
        h1, h2, h3 { line-height: 1.2; }
        article { border-top: 1px solid #ccc; padding-top: .5rem; }
        blockquote { border-left: 3px solid #999; margin: 1rem 0; padding-left: 1rem; }
        code { font: .9em/1.4 ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; }
        dd { margin: 0; }
        .source, .period, .history { font-size: .9em; }
        @page { margin: 2cm; }
        @media print {
          body { font-size: 11pt; }
          main { max-width: none; padding: 0; }
          article { break-inside: avoid; }
          h2, h3 { break-after: avoid; }
          a { color: inherit; text-decoration: none; }
          a::after { content: " <" attr(href) ">"; font-size: .8em; overflow-wrap: anywhere; }
        }
        """
}
