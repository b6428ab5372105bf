// SPDX-License-Identifier: Apache-2.0

/// What the gateway shows to clients that connect with TLS.
package struct ListenTLS: Sendable, Hashable {
    /// The PEM file with the certificate first and those that lead to its root behind it, as a path.
    package var certificate: String
    /// Where the certificate's private key is found, in PEM.
    package var key: SecretSource

    package init(certificate: String, key: SecretSource) {
        self.certificate = certificate
        self.key = key
    }
}
