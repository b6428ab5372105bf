// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import NIOCore
internal import NIOSSL

/// A certificate with its key, fit to be shown to clients.
struct ServerIdentity {
    /// How long a client may take to say goodbye before its connection is closed, in milliseconds.
    private static let goodbyeMilliseconds: Int64 = 1_000
    /// Authenticated ciphers with forward secrecy for TLS 1.2; those of TLS 1.3 are all so.
    private static let ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20"

    let context: NIOSSLContext
    /// When the certificate ends, in seconds since 1970.
    let expirySeconds: Int64

    /// Reads a certificate and its key.
    ///
    /// - Parameters:
    ///   - settings: where they are.
    ///   - environment: the environment variables of the process.
    ///   - warn: is told of what works and should be mended.
    /// - Throws: ``ConfigurationError`` where one can't be read, or they do not belong together.
    init(
        _ settings: ListenTLS, environment: [String: String], warn: (String) -> Void
    ) throws(ConfigurationError) {
        let chain = try Self.chain(settings.certificate)
        let key = try Self.key(settings.key, environment: environment, warn: warn)
        expirySeconds = Int64(chain[0].notValidAfter)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        configuration.cipherSuites = Self.ciphers
        // What the relay speaks; a client that offers HTTP/2 as well takes it.
        configuration.applicationProtocols = ["http/1.1"]
        configuration.shutdownTimeout = .milliseconds(Self.goodbyeMilliseconds)
        do {
            context = try NIOSSLContext(configuration: configuration)
        } catch {
            throw ConfigurationError(
                .certificate,
                "listen: the key does not belong to the certificate in \(settings.certificate), or is of a kind that "
                    + "TLS does not take; write both anew, RSA or ECDSA", cause: error)
        }
    }

    private static func chain(_ file: String) throws(ConfigurationError) -> [NIOSSLCertificate] {
        var cause: (any Error)?
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(file)
            if !chain.isEmpty { return chain }
        } catch {
            cause = error
        }
        throw ConfigurationError(
            .certificate,
            "listen: \(file) holds no certificate that can be read; name a PEM file with the certificate, and behind it "
                + "those that lead to its root", cause: cause)
    }

    private static func key(
        _ source: SecretSource, environment: [String: String], warn: (String) -> Void
    ) throws(ConfigurationError) -> NIOSSLPrivateKey {
        let resolved: ResolvedSecret
        do throws(ConfigurationError) {
            resolved = try source.resolve(environment: environment)
        } catch {
            throw ConfigurationError(error.code, "listen: \(error.message)", cause: error.cause)
        }
        if let warning = resolved.warning { warn("listen: \(warning)") }
        do {
            return try NIOSSLPrivateKey(bytes: Array(resolved.secret.revealed().utf8), format: .pem)
        } catch {
            throw ConfigurationError(
                .certificate,
                "listen: the key of the certificate is no private key in PEM that can be read; write it without a "
                    + "password", cause: error)
        }
    }
}
