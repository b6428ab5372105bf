// SPDX-License-Identifier: Apache-2.0

internal import Agreement

/// Why a text is not the value that it should be.
struct ScalarFault: Error {
    var code: DiagnosticCode
    /// What is wrong with it.
    var message: String
    /// How to mend it.
    var mend: String
    /// Whether the text may be shown; a secret may not.
    var isShown = true
}
