// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// What reading a configuration gave.
package struct ConfigurationReading: Sendable {
    /// The configuration; `nil` where a diagnostic is an error.
    package var configuration: GatewayConfiguration?
    /// What was wrong, in the file's order; no secret is quoted.
    package var diagnostics: [Diagnostic]
    /// What of the configuration could be read, also where something else is wrong.
    package var parts = Parts()
    /// The values as written, with where each stands; `nil` where the file is no mapping.
    package var document: ConfiguredDocument?
    /// The files and folders that it rests on, itself included, as they stood before they were read.
    package var stamps: [String: FileStamp] = [:]

    /// What can be looked at further although the whole can't be used.
    package struct Parts: Sendable {
        package var agreementFiles: [String] = []
        package var enforcement: [String: Enforcement] = [:]
        package var upstreams: [(id: String, value: UpstreamSettings)] = []
        package var recorders: [Recorder] = []
    }

    /// Whether the file is missing or can't be read.
    package var isUnreadable: Bool { diagnostics.contains { $0.code == .fileUnreadable } }

    package init(configuration: GatewayConfiguration?, diagnostics: [Diagnostic]) {
        self.configuration = configuration
        self.diagnostics = diagnostics
    }
}
