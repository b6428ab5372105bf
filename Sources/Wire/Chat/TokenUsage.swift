// SPDX-License-Identifier: Apache-2.0

/// The tokens that an upstream says it counted (`usage` of the OpenAI API).
///
/// A count is nil where the upstream did not report it. Prompt tokens include cached ones, completion tokens include
/// reasoning.
package struct TokenUsage: Equatable, Sendable {
    /// The largest count that is believed.
    package static let countMax: Int64 = 1 << 40

    /// Tokens of the prompt.
    package var promptTokens: Int?
    /// Tokens of the answer.
    package var completionTokens: Int?
    /// Prompt and answer together.
    package var totalTokens: Int?
    /// Prompt tokens read from the provider's cache.
    package var cachedTokens: Int?
    /// Prompt tokens that are audio.
    package var promptAudioTokens: Int?
    /// Completion tokens that are reasoning.
    package var reasoningTokens: Int?
    /// Completion tokens that are audio.
    package var completionAudioTokens: Int?
    /// Whether a count was no integer from 0 to ``countMax``, and was left out for that.
    package var hasUnusableCount = false

    package init() {}

    /// Whether both counts that settlement needs are there.
    package var isComplete: Bool { promptTokens != nil && completionTokens != nil }

    /// Takes over a later report of the same answer: reports are cumulative, so the later one replaces the earlier and
    /// nothing is added up, but a part never replaces the whole.
    package static func replace(_ known: inout TokenUsage?, with reported: TokenUsage?) {
        guard let reported, reported.isComplete || known?.isComplete != true else { return }
        known = reported
    }
}
