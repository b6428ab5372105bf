// SPDX-License-Identifier: Apache-2.0

/// Why an upstream can't be used as it is configured.
package struct UpstreamConfigurationError: Error, Equatable, Sendable {
    /// What was wrong.
    package enum Code: UInt8, Sendable {
        /// The path of the provider needs the deployment's name.
        case deploymentMissing
        /// The path of the provider needs an `api-version`.
        case versionMissing
        /// The base path does not begin with a slash or holds what a path can't.
        case basePathInvalid
        /// A value can't be sent as a header: it is empty or has a character other than visible ASCII and spaces.
        case headerValueInvalid
    }

    package var code: Code
    /// What was wrong and how to mend it; it never quotes a secret.
    package var message: String
}
