// SPDX-License-Identifier: Apache-2.0

/// The name of a member that a reader looks for, dotted where it is nested (`stream_options.include_usage`).
///
/// It wraps a static string, so that carrying one costs no allocation.
package struct JSONField: Equatable, Sendable, ExpressibleByStringLiteral {
    private let name: StaticString

    package init(stringLiteral name: StaticString) {
        self.name = name
    }

    /// No member: the document itself.
    package static let none: JSONField = ""

    /// The name as a string.
    package var rawValue: String { name.description }

    package static func == (left: JSONField, right: JSONField) -> Bool {
        left.rawValue == right.rawValue
    }
}
