// SPDX-License-Identifier: Apache-2.0

package import Wire

/// The dialects of upstream that the gateway can talk to without translation.
package enum ProviderKind: String, CaseIterable, Sendable {
    /// OpenAI's own API.
    case openai
    /// Azure OpenAI's `/openai/v1` paths; the model is the deployment's name.
    case azureV1 = "azure-v1"
    /// Azure OpenAI's older paths with the deployment in the path and a dated `api-version`.
    case azureDeployment = "azure-deployment"
    /// The OpenAI-compatible endpoint of Amazon Bedrock.
    case bedrockOpenAI = "bedrock-openai"
    /// Any other server of the OpenAI API: vLLM, SGLang, llama.cpp, CoreWeave, ….
    case compatible

    /// Whether the upstream is Azure OpenAI.
    package var isAzure: Bool { self == .azureV1 || self == .azureDeployment }

    /// The operations that the provider has at all.
    ///
    /// Amazon Bedrock's endpoint has no embeddings and no completions (its page on model availability by endpoint).
    package var operations: [APIOperation] {
        self == .bedrockOpenAI ? [.chat, .responses] : APIOperation.allCases
    }
}
