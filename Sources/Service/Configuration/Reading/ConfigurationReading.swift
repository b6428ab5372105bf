// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// What reading a configuration gave.
package struct ConfigurationReading: Sendable {
    /// The configuration; `nil` where a diagnostic is an error.
    package var configuration: GatewayConfiguration?
    /// What was wrong, in the file's order; no secret is quoted.
    package var diagnostics: [Diagnostic]

    /// Whether the file is missing or can't be read.
    package var isUnreadable: Bool { diagnostics.contains { $0.code == .fileUnreadable } }

    package init(configuration: GatewayConfiguration?, diagnostics: [Diagnostic]) {
        self.configuration = configuration
        self.diagnostics = diagnostics
    }
}
