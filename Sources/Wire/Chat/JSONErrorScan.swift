// SPDX-License-Identifier: Apache-2.0

/// What an error body of any provider says, as far as classification needs it.
///
/// It holds the provider's words, which may repeat what the client sent: nothing of it goes into the ledger but the
/// fingerprint.
package struct JSONErrorScan: Equatable, Sendable {
    /// How much of an error body is read.
    package static let bodyBytesMax = 64 * 1024
    /// How much of a code or type is kept.
    package static let codeBytesMax = 128
    /// How much of a message is kept.
    package static let messageBytesMax = 1024

    /// Whether the body has an error object, or is one, in a shape that providers use.
    package var hasErrorObject = false
    /// `error.type`.
    package var type: String?
    /// `error.code`; a number as its text.
    package var code: String?
    /// `error.innererror.code` (Azure).
    package var innerCode: String?
    /// `__type` (AWS).
    package var awsType: String?
    /// `error.message`.
    package var message: String?
    /// A hash of the message with digits and letter case levelled, so that like messages agree; 0 without a body.
    package var messageFingerprint: UInt64 = 0

    package init() {}
}
