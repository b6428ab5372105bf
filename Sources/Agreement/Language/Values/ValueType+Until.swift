// SPDX-License-Identifier: Apache-2.0

extension ValueType where Value == Until {
    /// The end of a period: a date, `{event: …}`, `{earliest_of: […]}` or `{latest_of: […]}`.
    package static var until: ValueType<Until> {
        ValueType(.until) { node, context in readUntil(node, isNested: false, context) }
    }

    /// The last day of a period.
    package static var through: ValueType<Until> {
        ValueType<WrittenInstant>.throughDay.map { .instant($0.instant, written: "through \($0.written)") }
    }

    private static func readUntil(_ node: YAMLNode, isNested: Bool, _ context: ReadingContext) -> Until? {
        guard let entries = node.entries else {
            guard node.items == nil else {
                context.error(
                    .ambiguousList, at: node.place, offending: node.summary,
                    message: "a bare list does not say whether the first or the last of its items counts",
                    expected: "`earliest_of: [...]` or `latest_of: [...]`",
                    mend: "read the paper again: \"whichever is first\" is `earliest_of`")
                return nil
            }
            guard let read = ValueType<WrittenInstant>.date.read(node, context) else { return nil }
            checkInclusive(read, node, context)
            return .instant(read.instant, written: "until \(read.written)")
        }
        guard entries.count == 1, let entry = entries.first else {
            context.wrongShape(node, expected: .until)
            return nil
        }
        switch entry.key {
        case "event":
            return ValueType<String>.reference(.event).read(entry.value, context).map { .event($0) }
        case "through" where isNested:
            return ValueType<Until>.through.read(entry.value, context)
        case "earliest_of", "latest_of":
            guard let items = entry.value.items, (1...ValueLimits.listItemsMax).contains(items.count) else {
                context.wrongShape(entry.value, expected: .list(.until, counts: 1...ValueLimits.listItemsMax))
                return nil
            }
            let parts = items.map { readUntil($0, isNested: true, context) }
            guard !parts.contains(where: { $0 == nil }) else { return nil }
            return entry.key == "earliest_of"
                ? .earliestOf(parts.compactMap { $0 }) : .latestOf(parts.compactMap { $0 })
        default:
            let keys = ["event", "earliest_of", "latest_of"] + (isNested ? ["through"] : [])
            context.error(
                .unknownKey, at: entry.keyPlace, offending: entry.key, message: "no end of a period is called so",
                expected: "a date, or one of \(FieldShape.quoted(keys))",
                mend: Resemblance.nearest(to: entry.key, among: keys).map { "did you mean `\($0)`?" }
                    ?? "write one of the keys above")
            return nil
        }
    }

    /// Warns of the last second of a day, which other systems write for an end that includes it.
    private static func checkInclusive(_ read: WrittenInstant, _ node: YAMLNode, _ context: ReadingContext) {
        guard read.written.contains("T23:59:59") else { return }
        context.warning(
            .inclusiveEnd, at: node.place, offending: read.written,
            message: "the period is over as this second begins, so that it lacks the last second of the day",
            expected: "the first instant after the period, or the last day under `through`",
            mend: "write the instant one second later, which is what systems that write 23:59:59 mean")
    }
}
