// SPDX-License-Identifier: Apache-2.0

/// What the gateway has to know of a request, read from its body in one pass.
///
/// Ranges are offsets into the body. A member whose value is null counts as absent.
package struct RequestScan: Equatable, Sendable {
    /// The longest model name that is taken, in bytes of UTF-8.
    package static let modelBytesMax = 256
    /// How many references to state are kept, the last ones of the body.
    package static let referencesMax = 64

    /// What is asked for.
    package var operation: APIOperation
    /// The model that the client asks for, its escapes resolved.
    package var model: String
    /// Where the value of `model` lies, with its quotes.
    package var modelValue: Range<Int>
    /// Offset just behind the brace that opens the body: where a member can be added.
    package var membersStart: Int
    /// Whether the answer shall be streamed; nil if the request does not say.
    package var stream: Bool?
    /// What the request says about usage in the stream.
    package var streamOptions: StreamOptionsScan?
    /// `max_tokens`; `max_output_tokens` of a response.
    package var maxTokens: Int?
    /// `max_completion_tokens`, which replaces `max_tokens`.
    package var maxCompletionTokens: Int?
    /// How many choices are asked for.
    package var n: Int?
    /// The features that the body uses; `longContext` is left to the caller.
    package var features: RequestFeatures
    /// Whether the request reads or leaves state at the provider (`store`, `previous_response_id`, `conversation`, …).
    package var isStateful: Bool
    /// What the request says that it belongs together with others by; nil if it does not say.
    package var affinity: RequestAffinity?
    /// Bytes of text in the prompt, escapes resolved, and four for each token that is given as a number: what a token
    /// estimate starts from.
    package var promptBytes: Int
    /// How many messages or items there are.
    package var messageCount: Int
    /// How many prompts a completion asks to complete, each of which gets the answers that are asked for; tokens that
    /// stand in one list are one prompt.
    package var promptCount = 1
    /// What the request builds on that lies at one provider.
    package var boundState: BoundState = []
    /// What names that state: identifiers of responses and items, and encrypted contents; the last
    /// ``referencesMax`` of them.
    package var references: [JSONText] = []

    /// Whether the answer shall be streamed.
    package var isStreaming: Bool { stream ?? false }

    /// The most tokens the client lets the model write, whichever member says so.
    package var outputTokensMax: Int? { maxCompletionTokens ?? maxTokens }

    /// Whether the client itself asked for the usage chunk, which must then reach it.
    package var wantsUsageChunk: Bool { streamOptions?.includeUsage ?? false }
}
