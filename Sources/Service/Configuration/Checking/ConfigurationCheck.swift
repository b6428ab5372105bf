// SPDX-License-Identifier: Apache-2.0

package import Agreement
internal import Foundation

/// Looks at a configuration and at everything that it names, as a start would, and says all that is wrong.
package struct ConfigurationCheck {
    /// What is wrong or doubtful: the configuration's first, then the agreements', then what does not fit together.
    package private(set) var diagnostics: [Diagnostic]
    private let reading: ConfigurationReading
    private let environment: [String: String]

    /// The kinds of faults that lie outside the files: a secret or a certificate that is not there.
    private static let outside: Set<DiagnosticCode> = [.secretMissing, .tlsUnusable]

    /// Checks a configuration.
    ///
    /// - Parameters:
    ///   - reading: the configuration as read.
    ///   - environment: the environment variables, for secrets.
    ///   - looksForSecrets: whether secrets and the files of TLS must be there.
    package init(_ reading: ConfigurationReading, environment: [String: String], looksForSecrets: Bool = true) {
        self.reading = reading
        self.environment = environment
        diagnostics = reading.diagnostics
        checkAgreements()
        if looksForSecrets { checkUpstreams() }
    }

    /// Whether nothing keeps a gateway from starting.
    package var isUsable: Bool { !diagnostics.contains { $0.severity == .error } }

    /// Whether all that is wrong lies outside the files, so that another machine may find nothing.
    package var lacksOnlySecrets: Bool {
        !isUsable && diagnostics.allSatisfy { $0.severity == .warning || Self.outside.contains($0.code) }
    }

    private mutating func checkAgreements() {
        var facts = Facts()
        var isWhole = true
        for file in reading.parts.agreementFiles {
            guard let content = FileManager.default.contents(atPath: file) else {
                isWhole = false
                note(
                    .fileUnreadable, at: ["agreements"], offending: file, "the agreement can't be read",
                    expected: "a file that can be read", mend: "see that it exists and its permissions")
                continue
            }
            let agreement = AgreementReader.read(bytes: Array(content), file: file)
            diagnostics += agreement.diagnostics
            guard let document = agreement.document else {
                isWhole = false
                continue
            }
            facts.apply(.adopted(document), at: .distantPast)
        }
        // Names can't be judged while an agreement that may declare them is not read.
        guard isWhole, !reading.parts.agreementFiles.isEmpty else { return }
        for fault in ConfigurationFit.faults(
            enforcement: reading.parts.enforcement, recorders: reading.parts.recorders, facts: facts)
        {
            note(
                fault.code, at: fault.path, offending: fault.name, fault.message, expected: fault.expected,
                mend: fault.mend)
        }
    }

    private mutating func checkUpstreams() {
        for (name, upstream) in reading.parts.upstreams {
            var warnings: [String] = []
            do throws(ConfigurationError) {
                let access = try UpstreamAccess(upstream, name: name, environment: environment) { warnings.append($0) }
                for settings in reading.configuration?.deployments ?? [] where settings.upstream == name {
                    _ = try access.target(of: settings, version: Release.version)
                }
            } catch {
                let isSecret = error.code == .secret
                note(
                    isSecret ? .secretMissing : .tlsUnusable,
                    at: ["upstreams", name, isSecret ? "api_key" : error.code == .trustRoots ? "ca_file" : ""],
                    offending: "", error.message,
                    expected: isSecret ? "a secret that can be read" : "settings with which the upstream can be called",
                    mend: "see the message; --without-secrets looks for none")
            }
            for warning in warnings {
                diagnostics.append(
                    diagnostic(
                        .warning, .secretReadable, at: ["upstreams", name, "api_key"], offending: "", warning,
                        expected: "a file that its owner alone can read", mend: "take the rights of others away"))
            }
        }
    }

    private mutating func note(
        _ code: DiagnosticCode, at path: [String], offending: String, _ message: String, expected: String, mend: String
    ) {
        diagnostics.append(
            diagnostic(.error, code, at: path, offending: offending, message, expected: expected, mend: mend))
    }

    private func diagnostic(
        _ severity: Diagnostic.Severity, _ code: DiagnosticCode, at path: [String], offending: String,
        _ message: String, expected: String, mend: String
    ) -> Diagnostic {
        reading.document?.diagnostic(
            severity, code, at: path, offending: offending, message: message, expected: expected, mend: mend)
            ?? Diagnostic(
                severity, code, in: SourceText(bytes: [], file: "configuration"), at: .start, offending: offending,
                message: message, expected: expected, mend: mend)
    }
}
