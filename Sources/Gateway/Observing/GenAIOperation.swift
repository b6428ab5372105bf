// SPDX-License-Identifier: Apache-2.0

internal import Providers

/// What a request asks a model for, as `gen_ai.operation.name` has it.
package enum GenAIOperation: UInt8, Sendable, CaseIterable {
    case chat
    case textCompletion
    case embeddings

    /// The well-known value of OpenTelemetry's conventions.
    package var name: String {
        switch self {
        case .chat: "chat"
        case .textCompletion: "text_completion"
        case .embeddings: "embeddings"
        }
    }
}

extension ProviderKind {
    /// The value of `gen_ai.provider.name`: a well-known one where there is one.
    var genAIName: String {
        switch self {
        case .openai: "openai"
        case .azureV1, .azureDeployment: "azure.ai.openai"
        case .bedrockOpenAI: "aws.bedrock"
        case .compatible: "compatible"
        }
    }
}
