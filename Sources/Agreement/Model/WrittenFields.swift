// SPDX-License-Identifier: Apache-2.0

/// The fields of a clause as its file has them, on one line each, without regard to layout and the order of keys.
package struct WrittenFields: Sendable, Equatable {
    /// The values in YAML's flow style, by field.
    package var values: [String: String]

    package init(values: [String: String]) {
        self.values = values
    }
}
