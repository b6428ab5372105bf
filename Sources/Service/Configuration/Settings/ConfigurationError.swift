// SPDX-License-Identifier: Apache-2.0

/// Why a configuration that was read well can't be used where it is started.
package struct ConfigurationError: Error, Sendable, CustomStringConvertible {
    /// What was wrong.
    package enum Code: UInt8, Sendable {
        /// An environment variable with a secret is unset or empty, or a file with a secret can't be used.
        case secret
        /// The secret or another setting can't be sent to the upstream.
        case upstream
        /// The file with trusted roots can't be used.
        case trustRoots
        /// The certificate or the key to show to clients can't be used.
        case certificate
        /// TLS could not be set up.
        case tls
    }

    package var code: Code
    /// What was wrong and how to mend it, a line for each fault; it never quotes a secret.
    package var message: String
    /// What lay beneath, where something did.
    package var cause: (any Error)?

    package init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    package var description: String { message }
}
