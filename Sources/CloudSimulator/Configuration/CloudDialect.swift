// SPDX-License-Identifier: Apache-2.0

/// Whose flavour of the OpenAI API a simulated cloud speaks.
package enum CloudDialect: String, CaseIterable, Sendable {
    /// Azure OpenAI: `/openai/v1/…` and `/openai/deployments/{d}/…?api-version=…`.
    case azure
    /// OpenAI: `/v1/…`.
    case openai
    /// Amazon Bedrock's OpenAI endpoint: `/openai/v1/…`.
    case bedrock
    /// vLLM and others that copy OpenAI's API: `/v1/…`, without the vendor's headers.
    case compatible
}
