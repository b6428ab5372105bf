// SPDX-License-Identifier: Apache-2.0

extension CanonicalText {
    /// Where two canonical texts differ first, such as `clauses[2].cloud`; `nil` where they are the same.
    ///
    /// Items of a list count from 0. An empty path means the whole.
    package static func firstDifference(adopted: String, current: String) -> String? {
        guard !adopted.utf8.elementsEqual(current.utf8) else { return nil }
        guard let left = tree(of: adopted), let right = tree(of: current) else { return "" }
        return difference(left, right, path: "")
    }

    /// Where a header changed that must not: the identifier, the zone, or a party, cloud or event that was there.
    ///
    /// New parties, clouds, events and calendars, holidays after the last one of a calendar, and another title, are no
    /// such change.
    package static func headerChange(adopted: String, current: String) -> String? {
        guard let left = tree(of: adopted), let right = tree(of: current) else { return "" }
        for key in ["agreement", "timezone"] {
            if let path = difference(left.entry(key)?.value, right.entry(key)?.value, path: key) { return path }
        }
        for key in ["parties", "clouds", "events"] {
            for entry in left.entry(key)?.value.entries ?? [] {
                let now = right.entry(key)?.value.entry(entry.key)?.value
                if let path = difference(entry.value, now, path: "\(key).\(entry.key)") { return path }
            }
        }
        for entry in left.entry("calendars")?.value.entries ?? [] {
            let path = "calendars.\(entry.key)"
            guard let now = right.entry("calendars")?.value.entry(entry.key)?.value else { return path }
            let (before, after) = (entry.value.entry("weekend")?.value, now.entry("weekend")?.value)
            if let found = difference(before, after, path: path + ".weekend") { return found }
            guard holidays(of: now).starts(with: holidays(of: entry.value)) else { return path + ".holidays" }
        }
        return nil
    }

    private static func holidays(of calendar: YAMLNode) -> [String] {
        calendar.entry("holidays")?.value.items?.compactMap(\.text) ?? []
    }

    private static func tree(of text: String) -> YAMLNode? {
        StrictYAML.read(Array(text.utf8), file: "canonical text", isCanonical: true).root
    }

    private static func difference(_ left: YAMLNode?, _ right: YAMLNode?, path: String) -> String? {
        guard let left, let right else { return left == nil && right == nil ? nil : path }
        switch (left.content, right.content) {
        case (.scalar(let before), .scalar(let after)):
            return before.text.utf8.elementsEqual(after.text.utf8) ? nil : path
        case (.sequence(let before), .sequence(let after)):
            for index in 0..<max(before.count, after.count) {
                let found = difference(
                    index < before.count ? before[index] : nil, index < after.count ? after[index] : nil,
                    path: "\(path)[\(index)]")
                if let found { return found }
            }
            return nil
        case (.mapping(let before), .mapping(let after)):
            let keys = Set((before + after).map(\.key)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            for key in keys {
                let found = difference(
                    left.entry(key)?.value, right.entry(key)?.value, path: path.isEmpty ? key : "\(path).\(key)")
                if let found { return found }
            }
            return nil
        default:
            return path
        }
    }
}
