// SPDX-License-Identifier: Apache-2.0

/// The header fields of a request to an upstream, all of them, but for `host` and `content-length`.
///
/// They are made from configuration alone, once for each deployment. Nothing that a client sends is copied: neither its
/// credentials and cookies nor the fields that steer placement (`x-ms-spillover-deployment`,
/// `X-Vertex-AI-LLM-Request-Type`).
package struct UpstreamHeaders: Sendable {
    /// For requests that are answered at once.
    package let fields: [HeaderField]
    /// For requests that are answered by a stream of events.
    package let streamingFields: [HeaderField]

    /// Makes the fields for one deployment.
    ///
    /// - Parameters:
    ///   - kind: the upstream's dialect.
    ///   - authentication: how the gateway proves itself.
    ///   - version: Concordat's version, for `user-agent`.
    ///   - organization: sent as `openai-organization` to OpenAI.
    ///   - project: sent as `openai-project` to OpenAI and compatible servers (CoreWeave reads it).
    /// - Throws: ``UpstreamConfigurationError`` for a value that can't be a header's.
    package init(
        kind: ProviderKind,
        authentication: UpstreamAuthentication,
        version: String,
        organization: String? = nil,
        project: String? = nil
    ) throws(UpstreamConfigurationError) {
        // Bodies are scanned as they pass, so they must not come compressed.
        var common = [
            HeaderField("content-type", "application/json"),
            try HeaderField.checked("user-agent", "concordat/" + version),
            HeaderField("accept-encoding", "identity"),
        ]
        if let header = authentication.header { common.append(header) }
        if kind == .openai, let organization {
            common.append(try HeaderField.checked("openai-organization", organization))
        }
        if kind == .openai || kind == .compatible, let project {
            common.append(try HeaderField.checked("openai-project", project))
        }
        fields = common + [HeaderField("accept", "application/json")]
        streamingFields = common + [HeaderField("accept", "text/event-stream")]
    }

    /// The fields for one request.
    package func fields(isStreaming: Bool) -> [HeaderField] {
        isStreaming ? streamingFields : fields
    }
}
