// SPDX-License-Identifier: Apache-2.0

/// What reading an agreement gave.
package struct AgreementReading: Sendable {
    /// The agreement; `nil` where a diagnostic is an error.
    package let document: AgreementDocument?
    /// What was wrong, in the order of the file.
    package let diagnostics: [Diagnostic]
    /// The texts to adopt; there when the document is.
    package let canonical: CanonicalAgreement?
}
