// SPDX-License-Identifier: Apache-2.0

package import Providers

/// How one provider account is reached.
package struct UpstreamSettings: Sendable, Equatable {
    /// The dialect that it speaks.
    package var provider: ProviderKind
    package var url: UpstreamURL
    /// Where its key is found; `nil` for a server that asks for none.
    package var apiKey: SecretSource?
    /// How the key is shown.
    package var authentication: AuthenticationScheme
    /// The dated API version of `azure-deployment`.
    package var apiVersion: String?
    /// The organization at OpenAI.
    package var organization: String?
    /// The project at OpenAI or a compatible server.
    package var project: String?
    /// A PEM file with roots that are trusted besides the system's, as a path.
    package var caFile: String?

    package init(
        provider: ProviderKind, url: UpstreamURL, apiKey: SecretSource?, authentication: AuthenticationScheme,
        apiVersion: String? = nil, organization: String? = nil, project: String? = nil, caFile: String? = nil
    ) {
        self.provider = provider
        self.url = url
        self.apiKey = apiKey
        self.authentication = authentication
        self.apiVersion = apiVersion
        self.organization = organization
        self.project = project
        self.caFile = caFile
    }
}
