// SPDX-License-Identifier: Apache-2.0

/// A set of names that a file declares in one place and uses in others.
package struct NameSpace: Sendable, Hashable {
    /// What one of the names stands for, as in "no such cloud".
    package let noun: String
    /// Where the names are declared.
    package let declaredUnder: String

    package init(noun: String, declaredUnder: String) {
        self.noun = noun
        self.declaredUnder = declaredUnder
    }

    package static let party = NameSpace(noun: "party", declaredUnder: "parties")
    package static let cloud = NameSpace(noun: "cloud", declaredUnder: "clouds")
    package static let event = NameSpace(noun: "event", declaredUnder: "events")
    package static let calendar = NameSpace(noun: "calendar", declaredUnder: "calendars")
}
