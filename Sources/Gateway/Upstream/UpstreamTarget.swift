// SPDX-License-Identifier: Apache-2.0

package import Providers
package import Wire

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

        /// The host as in a URL.
        fileprivate var hostText: String { host.contains(":") ? "[\(host)]" : host }
        /// `host:port`, as in a URL.
        var text: String { "\(hostText):\(port)" }
    }

    package let endpoint: Endpoint
    /// TLS with verification; `nil` without TLS.
    package let tls: CurrentTLS?
    package let kind: ProviderKind
    /// The path of each operation that is served there, with its query.
    package let paths: [APIOperation: String]
    /// The heads of requests, up to the number of the content length: for each operation one for an answer at once,
    /// then one for a stream; empty where the operation is not served.
    fileprivate let requestHeads: [[UInt8]]
    /// The model's name at the upstream as a JSON string with its quotes; `nil` leaves the client's.
    package let upstreamModel: [UInt8]?
    /// The header fields that every request carries, credentials included.
    package let headers: UpstreamHeaders
    /// Names the credential that it is reached with; a refusal of the account concerns all targets of the same one.
    package let credential: String
    /// The tokens a minute that the deployment was bought with, where configured.
    package let contractedTokensPerMinute: Int?

    package init(
        endpoint: Endpoint, tls: CurrentTLS?, kind: ProviderKind, paths: [APIOperation: String],
        upstreamModel: [UInt8]?, headers: UpstreamHeaders, credential: String = "",
        contractedTokensPerMinute: Int? = nil
    ) {
        self.endpoint = endpoint
        self.tls = tls
        self.kind = kind
        self.paths = paths
        self.upstreamModel = upstreamModel
        self.headers = headers
        self.credential = credential
        self.contractedTokensPerMinute = contractedTokensPerMinute
        requestHeads = APIOperation.allCases.flatMap { operation in
            guard let path = paths[operation] else { return [[UInt8](), []] }
            return [
                Self.head(endpoint, path, headers.fields(isStreaming: false)),
                Self.head(endpoint, path, headers.fields(isStreaming: true)),
            ]
        }
    }

    /// The bytes of a request's head, up to the number of the content length.
    func requestHead(_ operation: APIOperation, isStreaming: Bool) -> [UInt8] {
        requestHeads[Int(operation.rawValue) * 2 + (isStreaming ? 1 : 0)]
    }

    /// Whether an operation is served there.
    func serves(_ operation: APIOperation) -> Bool {
        !requestHeads[Int(operation.rawValue) * 2].isEmpty
    }

    private static func head(_ endpoint: Endpoint, _ path: String, _ fields: [HeaderField]) -> [UInt8] {
        let isDefault = endpoint.port == (endpoint.usesTLS ? 443 : 80)
        let host = isDefault ? endpoint.hostText : endpoint.text
        var text = "POST \(path) HTTP/1.1\r\nhost: \(host)\r\n"
        for field in fields { text += "\(field.name): \(field.value)\r\n" }
        return Array((text + "content-length: ").utf8)
    }
}

/// The targets of all deployments, by the deployment's identifier; immutable and shared by the event loops.
package final class UpstreamTargets: Sendable {
    private let targets: [String: UpstreamTarget]
    /// What the deployments cost, for the budgets of keys.
    package let prices: PriceTable

    package init(_ targets: [String: UpstreamTarget], prices: PriceTable = PriceTable()) {
        self.targets = targets
        self.prices = prices
    }

    /// The deployments that can be reached.
    var deployments: some Sequence<String> { targets.keys }

    /// What they are reached with.
    var credentials: Set<String> { Set(targets.values.map(\.credential)) }

    package subscript(deployment: String) -> UpstreamTarget? {
        targets[deployment]
    }

    /// Whether a request would be sent with another head than by other targets for the same deployments.
    package func sendOtherHeads(than other: UpstreamTargets) -> Bool {
        targets.contains { id, target in
            target.requestHeads != other.targets[id]?.requestHeads
        }
    }
}
