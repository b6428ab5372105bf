// SPDX-License-Identifier: Apache-2.0

/// What the gateway has to know of a response (`/v1/responses`), or of one event of its stream.
///
/// The reader is tolerant: what has an unexpected type is passed over, and what was read before bytes that are not JSON
/// is kept.
package struct ResponsesScan: Equatable, Sendable {
    /// How many names of state are kept.
    package static let namesMax = 128

    /// What an event says of the answer.
    package enum Kind: UInt8, Sendable {
        /// Nothing of the answer is shown yet.
        case prelude
        /// Something of it is shown, which is no new token.
        case shown
        /// A piece of text, reasoning, refusal, audio or of a tool's arguments.
        case content
        /// The response is over: `response.completed`, `response.incomplete` or `response.cancelled`.
        case end
        /// The response failed: `response.failed` or `error`.
        case failure
    }

    /// Whether the bytes are a well-formed JSON object.
    package var isWellFormed = false
    /// What the event says; of a whole response `end` or `failure`.
    package var kind = Kind.prelude
    /// The usage; nil if it is absent or null.
    package var usage: TokenUsage?
    /// Where the error object lies; ``JSONErrorScan`` reads it, from the same bytes.
    package var error: Range<Int>?
    /// The event's number in its stream.
    package var sequenceNumber: Int64?
    /// What later requests may name of it: the response, its items, and their encrypted contents; at most
    /// ``namesMax``.
    package var names: [JSONText] = []

    package init() {}
}
