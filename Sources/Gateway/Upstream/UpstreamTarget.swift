// SPDX-License-Identifier: Apache-2.0

package import NIOSSL
package import Providers

/// Where a deployment is reached and how; from configuration alone.
package final class UpstreamTarget: Sendable {
    /// Where connections go; targets with equal endpoints share them.
    package struct Endpoint: Hashable, Sendable {
        package var host: String
        package var port: Int
        package var usesTLS: Bool

        package init(host: String, port: Int, usesTLS: Bool) {
            self.host = host
            self.port = port
            self.usesTLS = usesTLS
        }
    }

    package let endpoint: Endpoint
    /// TLS with verification; `nil` without TLS.
    package let tls: NIOSSLContext?
    package let kind: ProviderKind
    /// The path for chat completions, with its query.
    package let chatPath: String
    /// The heads of requests, up to the number of the content length: for an answer at once, and for a stream.
    private let requestHeads: (whole: [UInt8], streamed: [UInt8])
    /// The model's name at the upstream as a JSON string with its quotes; `nil` leaves the client's.
    package let upstreamModel: [UInt8]?
    /// The header fields that every request carries, credentials included.
    package let headers: UpstreamHeaders
    /// Names the credential that it is reached with; a refusal of the account concerns all targets of the same one.
    package let credential: String
    /// The tokens a minute that the deployment was bought with, where configured.
    package let contractedTokensPerMinute: Int?

    package init(
        endpoint: Endpoint, tls: NIOSSLContext?, kind: ProviderKind, chatPath: String, upstreamModel: [UInt8]?,
        headers: UpstreamHeaders, credential: String = "",
        contractedTokensPerMinute: Int? = nil
    ) {
        self.endpoint = endpoint
        self.tls = tls
        self.kind = kind
        self.chatPath = chatPath
        self.upstreamModel = upstreamModel
        self.headers = headers
        self.credential = credential
        self.contractedTokensPerMinute = contractedTokensPerMinute
        requestHeads = (
            Self.head(endpoint, chatPath, headers.fields(isStreaming: false)),
            Self.head(endpoint, chatPath, headers.fields(isStreaming: true))
        )
    }

    /// The bytes of a request's head, up to the number of the content length.
    func requestHead(isStreaming: Bool) -> [UInt8] {
        isStreaming ? requestHeads.streamed : requestHeads.whole
    }

    private static func head(_ endpoint: Endpoint, _ path: String, _ fields: [HeaderField]) -> [UInt8] {
        let isDefault = endpoint.port == (endpoint.usesTLS ? 443 : 80)
        let host = endpoint.host.contains(":") ? "[\(endpoint.host)]" : endpoint.host
        var text = "POST \(path) HTTP/1.1\r\nhost: \(isDefault ? host : "\(host):\(endpoint.port)")\r\n"
        for field in fields { text += "\(field.name): \(field.value)\r\n" }
        return Array((text + "content-length: ").utf8)
    }
}

/// The targets of all deployments, by the deployment's identifier; immutable and shared by the event loops.
package final class UpstreamTargets: Sendable {
    private let targets: [String: UpstreamTarget]

    package init(_ targets: [String: UpstreamTarget]) {
        self.targets = targets
    }

    package subscript(deployment: String) -> UpstreamTarget? {
        targets[deployment]
    }
}
