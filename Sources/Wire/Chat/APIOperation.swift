// SPDX-License-Identifier: Apache-2.0

/// An operation of the OpenAI API that the gateway serves.
package enum APIOperation: UInt8, CaseIterable, Sendable {
    /// `POST /v1/chat/completions`.
    case chat
    /// `POST /v1/responses`.
    case responses
    /// `POST /v1/embeddings`.
    case embeddings
    /// `POST /v1/completions`.
    case completions

    /// The name in configurations and messages.
    package var name: String {
        switch self {
        case .chat: "chat"
        case .responses: "responses"
        case .embeddings: "embeddings"
        case .completions: "completions"
        }
    }

    /// The operation's path below the API's base.
    package var path: String { self == .chat ? "/chat/completions" : "/" + name }

    /// Whether a stream ends with its usage only where `stream_options.include_usage` asks for it.
    package var hasUsageOption: Bool { self == .chat || self == .completions }

    /// Whether the model writes an answer: an embedding has tokens of the prompt alone.
    package var hasCompletionTokens: Bool { self != .embeddings }
}
