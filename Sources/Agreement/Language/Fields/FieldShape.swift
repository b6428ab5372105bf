// SPDX-License-Identifier: Apache-2.0

/// What may be written as the value of a field; diagnostics and the published schema are made from it.
package indirect enum FieldShape: Sendable {
    /// Words of lower-case letters, digits and hyphens.
    case identifier
    /// Words for people.
    case text
    case boolean
    /// A day or an instant.
    case date
    /// A day alone.
    case day
    /// A number with a unit; the bounds are milliseconds.
    case duration(ClosedRange<Int64>)
    case integer(ClosedRange<Int64>)
    /// A number and a unit, in words that a quantity reads.
    case quantity
    /// A number, `million` or `billion` if needed, and a currency.
    case money
    /// The code of a currency.
    case currency
    /// A number and `%`.
    case percentage(ClosedRange<Percentage>)
    /// One of some words.
    case word([String])
    /// A name that the file declares.
    case reference(NameSpace)
    /// A value of a workload's dimension, with `*` at the end at most.
    case pattern
    case list(FieldShape, counts: ClosedRange<Int>)
    /// A mapping with known keys.
    case mapping(FieldTable)
    /// A mapping from names of the author's own to values.
    case keyed(FieldShape, counts: ClosedRange<Int>)
    /// A mapping from names of a shape of their own to values.
    case entries(FieldShape, FieldShape)
    case either([FieldShape])
    /// A path of the file system.
    case path
    /// A number of bytes with a unit; the bounds are bytes.
    case size(ClosedRange<Int64>)
    /// A text of a form of its own: what it is in a word, what was expected, and the form as a regular expression.
    case token(String, expected: String, pattern: String)
    /// The name of a zone.
    case timeZone
    /// An address on the web.
    case webAddress
    /// A selector of workloads.
    case condition
    /// A condition on grounds.
    case groundCondition
    /// The end of a period.
    case until
    /// A clause of any kind.
    case clause
    /// A part of one of the above, which only diagnostics name.
    case form(String)

    /// What was expected, for a diagnostic.
    package var expectation: String {
        switch self {
        case .identifier: "a name of lower-case letters, digits and hyphens"
        case .text: "a text"
        case .boolean: "`true` or `false`"
        case .date: "a date such as 2026-04-27, or an instant such as 2026-04-27T09:00:00-07:00"
        case .day: "a date such as 2032-12-31"
        case .duration(let range):
            "a duration from \(Duration.written(range.lowerBound)) to \(Duration.written(range.upperBound)), "
                + "such as 30s, 10m, 2h or 5d"
        case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .quantity: "a number, a space and a unit, such as 4.5 GW, 500 PTU or 1e26 FLOP"
        case .money: "an amount and its currency, such as 1200.50 USD, 38 million EUR or 250 billion USD"
        case .currency: "the ISO 4217 code of a currency, such as USD"
        case .percentage(let range): "a percentage \(Self.bounds(range)), such as 6.25%"
        case .word(let words): words.count == 1 ? "`\(words[0])`" : "one of \(Self.quoted(words))"
        case .reference(let space): "a \(space.noun) declared under `\(space.declaredUnder)`"
        case .pattern: "a value, `any`, `other`, or the beginning of a value and `*`"
        case .list(let item, _): "a list, each item \(item.expectation)"
        case .mapping(let table):
            table.names.isEmpty ? table.name : "\(table.name): a mapping with keys such as `\(table.names[0])`"
        case .keyed(let value, _): "a mapping from names to \(value.expectation)"
        case .entries: "a mapping from names to texts"
        case .path: "a path, absolute or relative to the folder of this file"
        case .size(let range):
            "a size from \(Self.writtenSize(range.lowerBound)) to "
                + "\(Self.writtenSize(range.upperBound)), such as 512KiB or 32MiB"
        case .token(_, let expected, _): expected
        case .timeZone: "the name of a zone, such as America/Los_Angeles, Europe/Paris or UTC"
        case .webAddress: "an address that begins with https:// or http://"
        case .condition: "a mapping from dimensions to values"
        case .groundCondition: "one of `capacity`, `declined`, `outage`, or `any_of` or `all_of` with a list of them"
        case .until:
            Self.date.expectation
                + ", or `event` with the name of one, or `earliest_of` or `latest_of` with a list of these"
        case .clause: "a clause: a mapping with `id` and `kind`"
        case .form(let words): words
        case .either(let shapes): shapes.map(\.expectation).joined(separator: ", or ")
        }
    }

    /// The bounds of a percentage, where a tiny lower bound stands for more than nothing.
    static func bounds(_ range: ClosedRange<Percentage>) -> String {
        range.lowerBound.partsPerBillion == 1
            ? "above 0%, up to \(range.upperBound)" : "from \(range.lowerBound) to \(range.upperBound)"
    }

    /// How such a value is laid out in YAML, for a diagnostic.
    package var layout: String {
        switch self {
        case .list: "write the items between `[` and `]`, or one a line after `- `"
        case .mapping, .keyed, .entries, .condition, .clause, .form:
            "write `key: value` between `{` and `}`, or one a line below the key, indented"
        case .either, .until, .groundCondition: "write one of these, as the examples of the language show"
        default: "write the value behind the colon, without brackets or braces"
        }
    }

    /// The units of written sizes, in bytes, the largest first.
    package static let sizeUnits: [(name: String, bytes: Int64)] = [
        ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1),
    ]

    /// A number of bytes in the largest unit that writes it without a fraction.
    package static func writtenSize(_ bytes: Int64) -> String {
        let unit = sizeUnits.first { bytes.isMultiple(of: $0.bytes) && bytes >= $0.bytes } ?? ("B", 1)
        return "\(bytes / unit.bytes)\(unit.name)"
    }

    /// Names for a message, in their order.
    package static func quoted(_ words: [String]) -> String {
        words.map { "`\($0)`" }.joined(separator: ", ")
    }
}
