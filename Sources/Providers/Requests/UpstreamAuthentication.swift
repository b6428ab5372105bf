// SPDX-License-Identifier: Apache-2.0

/// How the gateway proves itself to an upstream.
///
/// It always comes from configuration, never from a client.
package struct UpstreamAuthentication: Sendable, CustomStringConvertible, CustomReflectable {
    /// The header to send; nil for an upstream that asks for none.
    package let header: HeaderField?

    /// No authentication, for a server on a private network.
    package static let none = UpstreamAuthentication(header: nil)

    /// `Authorization: Bearer`: OpenAI, Bedrock API keys, Entra tokens, most compatible servers.
    package static func bearer(_ token: String) throws(UpstreamConfigurationError) -> UpstreamAuthentication {
        let checked = try HeaderField.checked("authorization", token)
        return UpstreamAuthentication(header: HeaderField("authorization", "Bearer " + checked.value))
    }

    /// `api-key` (Azure OpenAI).
    package static func azureAPIKey(_ key: String) throws(UpstreamConfigurationError) -> UpstreamAuthentication {
        UpstreamAuthentication(header: try HeaderField.checked("api-key", key))
    }

    private init(header: HeaderField?) {
        self.header = header
    }

    /// The header's name alone, so that no log can hold the secret.
    package var description: String { header?.name ?? "none" }

    package var customMirror: Mirror { Mirror(self, children: []) }
}
