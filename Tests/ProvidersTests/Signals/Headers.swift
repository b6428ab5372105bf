// SPDX-License-Identifier: Apache-2.0

import Providers

/// Header fields as a test writes them down.
struct Headers: HeaderLookup, ExpressibleByDictionaryLiteral, Sendable {
    private let fields: [(name: String, value: String)]

    init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { ($0.0.lowercased(), $0.1) }
    }

    func first(name: String) -> String? {
        fields.first { $0.name == name.lowercased() }?.value
    }

    func values(name: String) -> [String] {
        fields.filter { $0.name == name.lowercased() }.map(\.value)
    }

    func hasName(beginningWith prefix: String) -> Bool {
        fields.contains { $0.name.hasPrefix(prefix.lowercased()) }
    }
}
