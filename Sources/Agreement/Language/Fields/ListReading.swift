// SPDX-License-Identifier: Apache-2.0

/// What all readers of lists check.
enum ListReading {
    /// Refuses a list that holds the same text twice.
    static func refuseRepeated(_ items: [YAMLNode], _ context: ReadingContext) {
        var seen: Set<String> = []
        for item in items {
            guard let text = item.text, !seen.insert(text).inserted else { continue }
            context.error(
                .repeatedItem, at: item.place, offending: text, message: "the list holds this item twice",
                expected: "each item once", mend: "delete one of them")
        }
    }
}
