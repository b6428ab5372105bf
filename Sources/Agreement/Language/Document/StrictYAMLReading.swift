// SPDX-License-Identifier: Apache-2.0

/// What reading a YAML file gave.
package struct StrictYAMLReading: Sendable {
    /// The root of the document; `nil` where the file could not be read.
    package var root: YAMLNode?
    /// The text, for diagnostics that follow.
    package var source: SourceText
    /// What was wrong, in the order of the file.
    package var diagnostics: [Diagnostic]

    package init(root: YAMLNode?, source: SourceText, diagnostics: [Diagnostic]) {
        self.root = root
        self.source = source
        self.diagnostics = diagnostics
    }
}
