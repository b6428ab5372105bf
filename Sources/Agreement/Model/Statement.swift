// SPDX-License-Identifier: Apache-2.0

/// A sentence of a paper that decides nothing here.
package struct Statement: Sendable, Equatable {
    package var id: String
    package var text: String
    /// The clauses that it is about.
    package var about: [String]
    package var source: Source?

    package init(id: String, text: String, about: [String] = [], source: Source?) {
        self.id = id
        self.text = text
        self.about = about
        self.source = source
    }
}
