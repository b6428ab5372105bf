// SPDX-License-Identifier: Apache-2.0

/// What became of a reload that was not refused.
package struct ReloadOutcome: Sendable, Codable, Equatable {
    /// The settings that changed, by their names; empty where nothing did.
    package var changed: [String]
    /// The instruments that were adopted, as `agreement/instrument`.
    package var adopted: [String]
    /// What works and should be mended.
    package var warnings: [String]

    package init(changed: [String], adopted: [String], warnings: [String]) {
        self.changed = changed
        self.adopted = adopted
        self.warnings = warnings
    }

    /// Whether anything is other than before.
    package var isChange: Bool { !changed.isEmpty || !adopted.isEmpty }
}
