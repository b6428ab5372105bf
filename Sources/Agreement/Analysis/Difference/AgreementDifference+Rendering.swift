// SPDX-License-Identifier: Apache-2.0

extension AgreementDifference {
    /// How many classes of one difference are shown before the rest is counted.
    private static let classesShownMax = 6

    /// The comparison as plain text, at most 100 columns wide where words allow it.
    package var rendered: String {
        var lines = ["from  \(Self.title(before))", "to    \(Self.title(after))", ""]
        lines += redline.lines + [""]
        if decisions.isEmpty, refused.isEmpty {
            lines.append("No request is decided differently.")
        } else if !decisions.isEmpty {
            lines.append("Requests decided differently")
        }
        for difference in decisions { lines += Self.lines(difference) }
        for finding in refused { lines += ["", finding.rendered] }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func title(_ side: Side) -> String {
        side.at.map { "\(side.name) at \($0)" } ?? side.name
    }

    private static func lines(_ difference: DecisionDifference) -> [String] {
        let shown = difference.requests.prefix(classesShownMax)
        let rest = difference.requests.count - shown.count
        var lines = [""]
        for (index, text) in shown.enumerated() {
            let suffix = index + 1 < shown.count || rest > 0 ? "; or" : ""
            lines += TextLayout.wrapped(text + suffix, indentation: "  ", hanging: "    ")
        }
        if rest > 0 { lines.append("  \(ShortList.count(rest, "other class")) like these") }
        for period in difference.periods { lines.append("    from \(period.from) to \(period.to)") }
        for part in difference.cases {
            lines += TextLayout.wrapped(
                part.evidence.joined(separator: "; or ") + ":", indentation: "    ", hanging: "      ")
            lines += TextLayout.wrapped("- " + part.before, indentation: "      ", hanging: "        ")
            lines += TextLayout.wrapped("+ " + part.after, indentation: "      ", hanging: "        ")
        }
        return lines
            + TextLayout.wrapped("witness: \(difference.witness.words)", indentation: "    ", hanging: "      ")
    }

    /// The comparison as one JSON object.
    package var json: String {
        JSONText.object([
            ("from", Self.json(before)), ("to", Self.json(after)), ("redline", redline.json),
            ("decisions", "[" + decisions.map(\.json).joined(separator: ",\n ") + "]"),
            ("refused", "[" + refused.map(\.json).joined(separator: ",") + "]"),
        ])
    }

    private static func json(_ side: Side) -> String {
        JSONText.object([
            ("name", JSONText.quoted(side.name)), ("at", JSONText.optional(side.at?.description)),
        ])
    }
}

extension DecisionDifference {
    /// The difference as one JSON object.
    package var json: String {
        let times = periods.map { period in
            JSONText.object([
                ("from", JSONText.quoted(period.from.description)),
                ("to", period.to == .distantFuture ? "null" : JSONText.quoted(period.to.description)),
            ])
        }
        let parts = cases.map { part in
            JSONText.object([
                ("evidence", JSONText.list(part.evidence)), ("before", JSONText.quoted(part.before)),
                ("after", JSONText.quoted(part.after)),
            ])
        }
        return JSONText.object([
            ("periods", "[" + times.joined(separator: ",") + "]"), ("requests", JSONText.list(requests)),
            ("cases", "[" + parts.joined(separator: ",") + "]"), ("witness", witness.json),
        ])
    }
}
