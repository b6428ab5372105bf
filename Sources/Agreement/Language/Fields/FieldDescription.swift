// SPDX-License-Identifier: Apache-2.0

/// What a table says about one key.
package struct FieldDescription: Sendable {
    /// The key.
    package let name: String
    /// What may be written as its value.
    package let shape: FieldShape
    /// Whether it must be written.
    package let isRequired: Bool
    /// The value that a missing key means, as it would be written; `nil` where there is none.
    package let written: String?
    /// One sentence on what the key means.
    package let summary: String

    package init(name: String, shape: FieldShape, isRequired: Bool, written: String?, summary: String) {
        self.name = name
        self.shape = shape
        self.isRequired = isRequired
        self.written = written
        self.summary = summary
    }
}
