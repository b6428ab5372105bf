// SPDX-License-Identifier: Apache-2.0

extension Redline {
    /// The redline in lines: `+` for what is new, `-` for what is gone, `~` for what changed.
    var lines: [String] {
        guard !isEmpty else { return ["The words are the same."] }
        var lines: [String] = []
        if !header.isEmpty {
            lines += ["Header"] + header.flatMap { Self.lines($0, isChange: true, indentation: "  ") }
        }
        for (title, changes) in [("Instruments", instruments), ("Clauses", clauses)] where !changes.isEmpty {
            if !lines.isEmpty { lines.append("") }
            lines.append(title)
            for change in changes { lines += Self.lines(change) }
        }
        return lines
    }

    private static func lines(_ change: Change) -> [String] {
        let isInstrument = change.kind == "instrument"
        var text = change.fate.mark + " " + change.subject + (isInstrument ? "" : " (\(change.kind))")
        switch change.fate {
        case .added: text += change.instrumentAfter.isEmpty ? "" : ", by \(change.instrumentAfter)"
        case .removed: text += change.instrumentBefore.isEmpty ? "" : ", of \(change.instrumentBefore)"
        case .ended:
            text += change.instrumentAfter.isEmpty ? ", over" : ", ended by \(change.instrumentAfter)"
            text += change.endedAt.map { " at \($0)" } ?? ""
        case .suspended:
            text += ", suspended by \(change.instrumentAfter)" + (change.endedAt.map { " at \($0)" } ?? "")
            text += " until \(suspensionEnd(change) ?? "it is resumed")"
        case .resumed:
            text += change.instrumentAfter.isEmpty ? ", resumed" : ", resumed by \(change.instrumentAfter)"
            text += change.resumedAt.map { " at \($0)" } ?? ""
            text += change.instrumentBefore.isEmpty ? "" : ", after its suspension by \(change.instrumentBefore)"
        case .changed:
            if change.instrumentBefore != change.instrumentAfter {
                text += ", by \(change.instrumentAfter) instead of \(change.instrumentBefore)"
            }
        }
        let shown = change.fields.filter { change.fate == .changed || $0.field != "source" }
        return TextLayout.wrapped(text, indentation: "  ", hanging: "    ")
            + shown.flatMap { lines($0, isChange: change.fate == .changed, indentation: "      ") }
    }

    private static func suspensionEnd(_ change: Change) -> String? {
        change.suspendedUntil.flatMap { $0 == .distantFuture ? nil : $0.description }
    }

    private static func lines(_ change: FieldChange, isChange: Bool, indentation: String) -> [String] {
        let hanging = indentation + "  "
        guard isChange else {
            let words = change.after ?? change.before ?? ""
            return TextLayout.wrapped("\(change.field): \(words)", indentation: indentation, hanging: hanging)
        }
        let (before, after) = (change.before ?? "(nothing)", change.after ?? "(nothing)")
        let line = "\(indentation)\(change.field): \(before) → \(after)"
        guard line.count > TextLayout.width else { return [line] }
        return ["\(indentation)\(change.field):"]
            + TextLayout.wrapped("- \(before)", indentation: hanging, hanging: hanging + "  ")
            + TextLayout.wrapped("+ \(after)", indentation: hanging, hanging: hanging + "  ")
    }

    /// The redline as one JSON object.
    package var json: String {
        JSONText.object([
            ("header", Self.json(header)),
            ("instruments", "[" + instruments.map(Self.json).joined(separator: ",") + "]"),
            ("clauses", "[" + clauses.map(Self.json).joined(separator: ",") + "]"),
        ])
    }

    private static func json(_ change: Change) -> String {
        JSONText.object([
            ("fate", JSONText.quoted(change.fate.rawValue)), ("subject", JSONText.quoted(change.subject)),
            ("kind", JSONText.quoted(change.kind)), ("instrument_before", JSONText.quoted(change.instrumentBefore)),
            ("instrument_after", JSONText.quoted(change.instrumentAfter)),
            ("ended_at", JSONText.optional(change.endedAt?.description)),
            ("suspended_until", JSONText.optional(suspensionEnd(change))),
            ("resumed_at", JSONText.optional(change.resumedAt?.description)), ("fields", json(change.fields)),
        ])
    }

    private static func json(_ fields: [FieldChange]) -> String {
        let objects = fields.map { field in
            JSONText.object([
                ("field", JSONText.quoted(field.field)), ("before", JSONText.optional(field.before)),
                ("after", JSONText.optional(field.after)),
            ])
        }
        return "[" + objects.joined(separator: ",") + "]"
    }
}

extension Redline.Fate {
    fileprivate var mark: String {
        switch self {
        case .added, .resumed: "+"
        case .removed, .ended, .suspended: "-"
        case .changed: "~"
        }
    }
}
