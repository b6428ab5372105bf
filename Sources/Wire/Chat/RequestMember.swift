// SPDX-License-Identifier: Apache-2.0

/// The top-level members of requests that the scanner reads.
enum RequestMember: UInt8, CaseIterable {
    case model, messages, stream, streamOptions, maxTokens, maxCompletionTokens, n, store, previousResponseID
    case conversation, tools, functions, parallelToolCalls, responseFormat, modalities, audio, logprobs
    case topLogprobs, reasoningEffort, reasoning, promptCacheKey, safetyIdentifier, user
    // Of the other operations.
    case input, prompt, instructions, background, text, include, maxOutputTokens, bestOf

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
        case .input: "input"
        case .prompt: "prompt"
        case .instructions: "instructions"
        case .background: "background"
        case .text: "text"
        case .include: "include"
        case .maxOutputTokens: "max_output_tokens"
        case .bestOf: "best_of"
        }
    }

    /// The name that errors carry.
    var field: JSONField { JSONField(stringLiteral: name) }

    /// The member's bit in a set of members.
    var bit: UInt32 { 1 << UInt32(rawValue) }

    /// The members that the gateway acts on in an operation, as bits; the others are nobody's business but the
    /// provider's.
    static func read(by operation: APIOperation) -> UInt32 {
        switch operation {
        case .chat: RequestMember.input.bit - 1
        case .responses: responses
        case .embeddings: RequestMember.model.bit | RequestMember.input.bit | RequestMember.user.bit
        case .completions: completions
        }
    }

    private static let responses = bits([
        .model, .stream, .store, .previousResponseID, .conversation, .tools, .parallelToolCalls, .modalities, .audio,
        .topLogprobs, .reasoning, .input, .prompt, .instructions, .background, .text, .include, .maxOutputTokens,
        .promptCacheKey, .safetyIdentifier, .user,
    ])
    private static let completions = bits([
        .model, .stream, .streamOptions, .maxTokens, .n, .logprobs, .prompt, .bestOf, .user,
    ])

    private static func bits(_ members: [RequestMember]) -> UInt32 {
        members.reduce(0) { $0 | $1.bit }
    }

    /// The member that a key names, if it is one of a set.
    init?(_ key: JSONText, of members: UInt32, in bytes: Span<UInt8>) {
        guard let member = Self.named(key, in: bytes), members & member.bit != 0 else { return nil }
        self = member
    }

    /// The member that a key names: its length leaves a few, which are told apart as words.
    private static func named(_ key: JSONText, in bytes: Span<UInt8>) -> RequestMember? {
        @inline(__always)
        func isName(_ member: RequestMember) -> Bool { key.equals(member.name, in: bytes) }
        return switch key.unescapedCount {
        case 1 where isName(.n): .n
        case 4 where isName(.user): .user
        case 4 where isName(.text): .text
        case 5 where isName(.model): .model
        case 5 where isName(.store): .store
        case 5 where isName(.tools): .tools
        case 5 where isName(.audio): .audio
        case 5 where isName(.input): .input
        case 6 where isName(.stream): .stream
        case 6 where isName(.prompt): .prompt
        case 7 where isName(.include): .include
        case 7 where isName(.bestOf): .bestOf
        case 8 where isName(.messages): .messages
        case 8 where isName(.logprobs): .logprobs
        case 9 where isName(.functions): .functions
        case 9 where isName(.reasoning): .reasoning
        case 10 where isName(.maxTokens): .maxTokens
        case 10 where isName(.modalities): .modalities
        case 10 where isName(.background): .background
        case 12 where isName(.conversation): .conversation
        case 12 where isName(.topLogprobs): .topLogprobs
        case 12 where isName(.instructions): .instructions
        case 14 where isName(.streamOptions): .streamOptions
        case 15 where isName(.responseFormat): .responseFormat
        case 16 where isName(.reasoningEffort): .reasoningEffort
        case 16 where isName(.promptCacheKey): .promptCacheKey
        case 17 where isName(.safetyIdentifier): .safetyIdentifier
        case 17 where isName(.maxOutputTokens): .maxOutputTokens
        case 19 where isName(.parallelToolCalls): .parallelToolCalls
        case 20 where isName(.previousResponseID): .previousResponseID
        case 21 where isName(.maxCompletionTokens): .maxCompletionTokens
        default: nil
        }
    }
}
