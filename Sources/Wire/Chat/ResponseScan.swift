// SPDX-License-Identifier: Apache-2.0

/// What the gateway has to know of an answer other than a response, or of one chunk of its stream.
///
/// The reader is tolerant: what has an unexpected type is passed over, and what was read before bytes that are not JSON
/// is kept.
package struct ResponseScan: Equatable, Sendable {
    /// What the `choices` member holds.
    package enum Choices: UInt8, Sendable {
        case absent
        case empty
        case present
    }

    /// Whether the bytes are a well-formed JSON object.
    package var isWellFormed = false
    /// What the `choices` member holds.
    package var choices = Choices.absent
    /// Whether it holds text, reasoning, a refusal, audio or a tool call.
    package var holdsContent = false
    /// Whether a choice has a finish reason.
    package var hasFinishReason = false
    /// The usage; nil if it is absent or null.
    package var usage: TokenUsage?
    /// Where the value of `usage` lies; nil if it is absent or null.
    package var usageValue: Range<Int>?
    /// Where the error object lies, if this is one; ``JSONErrorScan`` reads it, from the same bytes.
    package var error: Range<Int>?

    package init() {}

    /// Whether the client would see something of the answer: from here on no other upstream may take over.
    package var isVisible: Bool { holdsContent || hasFinishReason }

    /// Whether this is the chunk that `stream_options.include_usage` adds, and nothing else.
    package var isUsageChunk: Bool { choices == .empty && usage != nil }
}
