// SPDX-License-Identifier: Apache-2.0

/// Puts a few words together as people write them, and only counts the rest.
enum ShortList {
    /// How many words a list shows before it only counts the rest.
    static let listedMax = 12

    /// `a`, `a or b`, `a, b or c`; a long list ends in the number of the rest.
    static func text(_ words: [String], _ conjunction: String) -> String {
        guard words.count <= listedMax else {
            return words.prefix(listedMax).joined(separator: ", ") + " \(conjunction) \(words.count - listedMax) more"
        }
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " \(conjunction) \(last)"
    }

    /// A number with its noun: `1 request`, `2 requests`.
    static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
