// SPDX-License-Identifier: Apache-2.0

extension FieldShape {
    /// What may be written, in as few words as a table has room for; ``LanguageReference`` explains them once.
    var brief: String {
        switch self {
        case .identifier: "name"
        case .text: "text"
        case .boolean: "`true` or `false`"
        case .date: "date"
        case .day: "day"
        case .duration(let range):
            "duration, \(Duration.written(range.lowerBound)) to \(Duration.written(range.upperBound))"
        case .integer(let range): "number, \(range.lowerBound) to \(range.upperBound)"
        case .quantity: "quantity"
        case .money: "amount"
        case .currency: "currency"
        case .percentage(let range): "percentage \(Self.bounds(range))"
        case .timeZone: "zone"
        case .webAddress: "address"
        case .word(let words): words.map { "`\($0)`" }.joined(separator: ", ")
        case .reference(let space): "\(space.noun)"
        case .pattern: "value"
        case .list(let item, let counts):
            (counts.lowerBound > 1 ? "list of \(counts.lowerBound) or more: " : "list: ") + item.brief
        case .mapping: "mapping"
        case .entries(let key, let value): "mapping of \(key.brief): \(value.brief)"
        case .path: "path"
        case .size(let range):
            "size, \(Self.writtenSize(range.lowerBound)) to \(Self.writtenSize(range.upperBound))"
        case .token(let word, _, _): word
        case .keyed(let value, _): "mapping of names: \(value.brief)"
        case .condition: "selector"
        case .groundCondition: "grounds"
        case .until: "end"
        case .clause: "clause"
        case .form(let words): words
        case .either(let shapes): shapes.map(\.brief).joined(separator: " or ")
        }
    }

    /// What the words of ``brief`` mean, for a list above the tables.
    static let glossary: [(word: String, meaning: String)] = [
        ("name", FieldShape.identifier.expectation), ("text", "words for people"),
        ("day", "a day of the file's zone, such as 2032-12-31"), ("date", FieldShape.date.expectation),
        ("duration", "a number with `ms`, `s`, `m`, `h` or `d`, such as 30s or 5d; a day has 24 hours"),
        ("quantity", FieldShape.quantity.expectation), ("amount", FieldShape.money.expectation),
        ("currency", FieldShape.currency.expectation),
        ("percentage", "a number with at most seven decimals and `%`, such as 6.25%"),
        (
            "party, cloud, event, calendar",
            "a name that the file declares under `parties`, `clouds`, `events`, `calendars`"
        ),
        ("zone", FieldShape.timeZone.expectation), ("address", FieldShape.webAddress.expectation),
        ("value", FieldShape.pattern.expectation),
        ("selector", "dimensions of a request with their values, and `all_of`, `any_of`, `not`"),
        ("grounds", FieldShape.groundCondition.expectation),
        (
            "end",
            "a date, `{event: …}`, `{earliest_of: […]}` or `{latest_of: […]}`; in the last two also `{through: day}`"
        ),
    ]
}
