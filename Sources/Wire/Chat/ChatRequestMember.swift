// SPDX-License-Identifier: Apache-2.0

/// The top-level members of a chat completion request that the scanner reads.
enum ChatRequestMember: UInt8 {
    case model, messages, stream, streamOptions, maxTokens, maxCompletionTokens, n, store, previousResponseID
    case conversation, tools, functions, parallelToolCalls, responseFormat, modalities, audio, logprobs
    case topLogprobs, reasoningEffort, reasoning, promptCacheKey, safetyIdentifier, user

    /// The member's key.
    private var name: StaticString {
        switch self {
        case .model: "model"
        case .messages: "messages"
        case .stream: "stream"
        case .streamOptions: "stream_options"
        case .maxTokens: "max_tokens"
        case .maxCompletionTokens: "max_completion_tokens"
        case .n: "n"
        case .store: "store"
        case .previousResponseID: "previous_response_id"
        case .conversation: "conversation"
        case .tools: "tools"
        case .functions: "functions"
        case .parallelToolCalls: "parallel_tool_calls"
        case .responseFormat: "response_format"
        case .modalities: "modalities"
        case .audio: "audio"
        case .logprobs: "logprobs"
        case .topLogprobs: "top_logprobs"
        case .reasoningEffort: "reasoning_effort"
        case .reasoning: "reasoning"
        case .promptCacheKey: "prompt_cache_key"
        case .safetyIdentifier: "safety_identifier"
        case .user: "user"
        }
    }

    /// The name that errors carry.
    var field: JSONField { JSONField(stringLiteral: name) }

    /// The member that a key names, if the scanner reads it.
    ///
    /// Most keys fail by their length alone.
    init?(_ key: JSONText, in bytes: Span<UInt8>) {
        var candidate: UInt8 = 0
        while let member = ChatRequestMember(rawValue: candidate) {
            if key.equals(member.name, in: bytes) {
                self = member
                return
            }
            candidate += 1
        }
        return nil
    }
}
