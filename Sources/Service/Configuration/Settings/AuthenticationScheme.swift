// SPDX-License-Identifier: Apache-2.0

package import Providers

/// How the gateway shows its key to an upstream.
package enum AuthenticationScheme: String, Sendable, CaseIterable {
    /// `Authorization: Bearer`.
    case bearer
    /// The header `api-key` (Azure OpenAI).
    case apiKey = "api-key"
    /// Not at all, for a server on a private network.
    case none

    /// The schemes that a provider takes, the default first.
    package static func accepted(by provider: ProviderKind) -> [AuthenticationScheme] {
        switch provider {
        case .openai, .bedrockOpenAI: [.bearer]
        case .azureV1, .azureDeployment: [.apiKey, .bearer]
        case .compatible: [.bearer, .apiKey, .none]
        }
    }
}
