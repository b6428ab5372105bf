// SPDX-License-Identifier: Apache-2.0

extension Finding {
    /// How many classes of requests, and periods, are shown before the rest is counted.
    private static let shownMax = 3

    /// The finding for people, at most 100 columns wide.
    package var rendered: String {
        var lines = TextLayout.wrapped("\(severity.rawValue): \(message) [\(code.rawValue)]", indentation: "")
        func add(_ label: String, _ text: String) {
            lines += TextLayout.wrapped("\(label): \(text)", indentation: "  ", hanging: "    ")
        }
        if !periods.isEmpty {
            let texts = periods.prefix(Self.shownMax).map { "from \($0.from) to \($0.to)" }
            add("when", texts.joined(separator: ", ") + Self.rest(periods.count, "period"))
        }
        if !happened.isEmpty { add("once", "\(ShortList.text(happened, "and")) happened") }
        if !requests.isEmpty {
            add("requests", requests.prefix(Self.shownMax).joined(separator: "; ") + Self.rest(requests.count, "class"))
        }
        if let evidence, evidence.words != "always" { add("evidence", evidence.words) }
        if let witness { add("witness", witness.words) }
        add("help", mend)
        return lines.joined(separator: "\n")
    }

    private static func rest(_ count: Int, _ noun: String) -> String {
        let more = count - shownMax
        guard more > 0 else { return "" }
        return "; and \(more) more \(noun)\(more == 1 ? "" : noun == "class" ? "es" : "s")"
    }

    /// The finding as one JSON object on one line.
    package var json: String {
        let times = periods.map { period in
            JSONText.object([
                ("from", JSONText.quoted(period.from.description)),
                ("to", period.to == .distantFuture ? "null" : JSONText.quoted(period.to.description)),
            ])
        }
        return JSONText.object([
            ("severity", JSONText.quoted(severity.rawValue)), ("code", JSONText.quoted(code.rawValue)),
            ("clauses", JSONText.list(clauses)), ("periods", "[" + times.joined(separator: ",") + "]"),
            ("happened", JSONText.list(happened)), ("requests", JSONText.list(requests)),
            ("evidence", JSONText.optional(evidence?.words)), ("witness", witness?.json ?? "null"),
            ("message", JSONText.quoted(message)), ("mend", JSONText.quoted(mend)),
        ])
    }
}
