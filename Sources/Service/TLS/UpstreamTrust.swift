// SPDX-License-Identifier: Apache-2.0

internal import NIOCore
internal import NIOSSL

/// Whom the gateway believes to be an upstream.
enum UpstreamTrust {
    /// How long a connection that is given up waits for the upstream's goodbye, in milliseconds; until then the upstream
    /// may think that somebody listens.
    private static let goodbyeMilliseconds: Int64 = 100

    /// TLS with full verification: no setting can turn it off, and an extra root adds to the system's.
    ///
    /// HTTP/2 is not offered: the relay speaks HTTP/1.1 alone.
    static func context(upstream: String, caFile: String?) throws(ConfigurationError) -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .fullVerification
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        configuration.shutdownTimeout = .milliseconds(goodbyeMilliseconds)
        if let caFile {
            configuration.additionalTrustRoots = [.certificates(try roots(upstream: upstream, file: caFile))]
        }
        do {
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw ConfigurationError(
                .tls, "upstream `\(upstream)`: TLS can't be set up; see that the system has trusted roots installed",
                cause: error)
        }
    }

    private static func roots(upstream: String, file: String) throws(ConfigurationError) -> [NIOSSLCertificate] {
        var cause: (any Error)?
        do {
            let roots = try NIOSSLCertificate.fromPEMFile(file)
            if !roots.isEmpty { return roots }
        } catch {
            cause = error
        }
        throw ConfigurationError(
            .trustRoots,
            "upstream `\(upstream)`: \(file) holds no certificate that can be read; name a PEM file with the "
                + "root of the private authority", cause: cause)
    }
}
