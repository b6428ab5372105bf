// SPDX-License-Identifier: Apache-2.0

/// How an agreement's names and times are said in plain English.
struct Wording {
    private let document: AgreementDocument
    private let zone: DayZone

    init(_ document: AgreementDocument) {
        self.document = document
        zone = DayZone(named: document.timezone) ?? .utc
    }

    /// The party's name for people; the identifier of a body that did not sign.
    func party(_ id: String) -> String {
        document.parties.first { $0.id == id }?.name ?? id
    }

    /// Who declares the event, and who verifies it.
    func event(_ id: String) -> String {
        guard let event = document.events.first(where: { $0.id == id }) else { return "the event \(id)" }
        let verifier = event.verifiedBy.map { ", verified by \(party($0))" } ?? ""
        return "the event \(id), as declared by \(party(event.declaredBy))\(verifier)"
    }

    /// An instant as clocks of the agreement's zone show it.
    func instant(_ instant: Instant) -> String {
        switch instant {
        case .distantFuture: "further notice"
        case .distantPast: "always"
        default: "\(zone.clockText(of: instant)) in \(zone.name)"
        }
    }

    /// The end of a period, to go on with after "until".
    func end(_ until: Until) -> String {
        switch until {
        case .instant(let instant, let written):
            let day = written.split(separator: " ", maxSplits: 1).last.map(String.init) ?? written
            return written.hasPrefix("through")
                ? "the end of \(day), that is until \(self.instant(instant))" : self.instant(instant)
        case .event(let id):
            return event(id)
        case .earliestOf(let parts):
            return "the first of these: " + Self.lettered(parts.map(end))
        case .latestOf(let parts):
            return "the last of these: " + Self.lettered(parts.map(end))
        }
    }

    /// Several things with "and" or "or" before the last.
    static func list(_ items: [String], _ conjunction: String = "and") -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "nothing" }
        return items.dropLast().joined(separator: ", ") + " \(conjunction) \(last)"
    }

    /// Several things, each with a letter, so that things with commas stay apart.
    private static func lettered(_ items: [String]) -> String {
        items.enumerated().map { index, item in
            "(\(Unicode.Scalar(UInt8(0x61 + index % 26)))) \(item)"
        }.joined(separator: "; ")
    }

    /// A number of milliseconds, such as "2 hours" or "30 days".
    static func duration(_ milliseconds: Int64) -> String {
        let units: [(name: String, milliseconds: Int64)] = [
            ("day", 86_400_000), ("hour", 3_600_000), ("minute", 60_000), ("second", 1_000), ("millisecond", 1),
        ]
        guard milliseconds != 0, let unit = units.first(where: { milliseconds.isMultiple(of: $0.milliseconds) })
        else { return "no time" }
        return count(milliseconds / unit.milliseconds, unit.name)
    }

    /// A number with a noun in singular or plural.
    static func count(_ number: Int64, _ noun: String, plural: String? = nil) -> String {
        "\(number) \(number == 1 ? noun : plural ?? noun + "s")"
    }

    /// A sentence's beginning.
    static func capitalised(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst()
    }
}
