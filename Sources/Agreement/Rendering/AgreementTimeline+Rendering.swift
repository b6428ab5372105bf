// SPDX-License-Identifier: Apache-2.0

extension AgreementTimeline {
    private var zone: DayZone { DayZone(named: timezone) ?? .utc }

    /// The whole timeline as plain text.
    ///
    /// - Parameters:
    ///   - at: the instant that counts as now.
    ///   - days: how far ahead ends are listed apart.
    /// - Returns: lines of at most 100 columns where words allow it.
    package func rendered(at: Instant, endingWithin days: Int) -> String {
        var lines = ["\(title) (\(agreement)), dates in \(timezone)", "", "Instruments"]
        for step in steps { lines += Self.lines(step) }
        lines += ["", "Clauses"]
        for span in spans {
            let mark = span.from <= at && at < span.to ? "*" : " "
            lines.append(
                "\(mark) \(zone.day(of: span.from).description) to \(end(span)): \(span.clause) (\(span.kind)), \(span.instrument)"
            )
        }
        lines += ["  (* in force at \(zone.text(of: at)))", ""]
        let ending = ending(within: days, of: at)
        lines.append(
            ending.isEmpty
                ? "Nothing ends within \(ShortList.count(days, "day"))." : "Ends within \(ShortList.count(days, "day"))"
        )
        for span in ending {
            lines.append("  \(zone.text(of: span.to)): \(span.clause) (\(span.kind)), \(span.instrument)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The last day of a period where it ends with one, else the instant of its end.
    private func end(_ span: Span) -> String {
        guard span.to != .distantFuture else { return "open" }
        let text = zone.text(of: span.to)
        guard text.dropFirst(10).hasPrefix("T00:00:00") else { return text }
        return "the end of \(zone.day(of: span.to.advanced(byNanoseconds: -1)).description)"
    }

    private static func lines(_ step: Step) -> [String] {
        let marks = (step.title.map { ": \($0)" } ?? "") + (step.isDraft ? " (draft)" : "")
        let text = "\(step.day)  \(step.instrument) (\(step.kind))\(marks)"
        return TextLayout.wrapped(text, indentation: "  ", hanging: "    ")
            + sentences(step).flatMap { TextLayout.wrapped($0, indentation: "      ", hanging: "        ") }
    }

    /// How often the terms were restructured, and what each time changed, one line each, from the terms alone.
    package var summary: String {
        let found = restructurings
        var lines = ["\(title): \(ShortList.count(found.count, "restructuring"))"]
        for (index, step) in found.enumerated() {
            lines.append(
                "  \(index + 1). \(step.day) \(step.instrument): \(Self.sentences(step).joined(separator: "; "))")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func sentences(_ step: Step) -> [String] {
        func list(_ subjects: [Subject]) -> String {
            ShortList.text(subjects.map { $0.detail.isEmpty ? $0.clause : "\($0.clause) (\($0.detail))" }, "and")
        }
        var texts: [String] = []
        if !step.ended.isEmpty { texts.append("ends \(list(step.ended))") }
        if !step.added.isEmpty { texts.append("adds \(list(step.added))") }
        if !step.changed.isEmpty { texts.append("changes \(list(step.changed))") }
        for other in step.others { texts.append("\(Self.presentTense(other.detail)) \(other.clause)") }
        if !step.restated.isEmpty { texts.append("restates \(list(step.restated))") }
        return texts
    }

    /// `suspends` for `suspended`, as the other changes are told.
    private static func presentTense(_ past: String) -> String {
        switch past {
        case "suspended": "suspends"
        case "resumed": "resumes"
        default: past
        }
    }

    /// The timeline as one JSON object.
    package var json: String {
        JSONText.object([
            ("agreement", JSONText.quoted(agreement)), ("title", JSONText.quoted(title)),
            ("timezone", JSONText.quoted(timezone)),
            ("instruments", "[" + steps.map(Self.json).joined(separator: ",\n ") + "]"),
            ("clauses", "[" + spans.map(Self.json).joined(separator: ",\n ") + "]"),
        ])
    }

    private static func json(_ step: Step) -> String {
        func list(_ subjects: [Subject]) -> String {
            let objects = subjects.map { subject in
                JSONText.object([
                    ("clause", JSONText.quoted(subject.clause)), ("detail", JSONText.quoted(subject.detail)),
                ])
            }
            return "[" + objects.joined(separator: ",") + "]"
        }
        return JSONText.object([
            ("instrument", JSONText.quoted(step.instrument)), ("kind", JSONText.quoted(step.kind)),
            ("title", JSONText.optional(step.title)), ("effective", JSONText.quoted(step.effective.description)),
            ("draft", step.isDraft ? "true" : "false"), ("restructuring", step.isRestructuring ? "true" : "false"),
            ("added", list(step.added)), ("changed", list(step.changed)), ("restated", list(step.restated)),
            ("ended", list(step.ended)), ("others", list(step.others)),
        ])
    }

    private static func json(_ span: Span) -> String {
        JSONText.object([
            ("clause", JSONText.quoted(span.clause)), ("kind", JSONText.quoted(span.kind)),
            ("instrument", JSONText.quoted(span.instrument)), ("from", JSONText.quoted(span.from.description)),
            ("to", span.to == .distantFuture ? "null" : JSONText.quoted(span.to.description)),
        ])
    }
}
