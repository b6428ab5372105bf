// SPDX-License-Identifier: Apache-2.0

/// Says how a cloud declines to support a feature.
///
/// Without one, a recorded answer counts from the instant that it gives.
package struct DeclineClause: Sendable, Equatable {
    /// Whether a dated request for support must come before the answer.
    package enum Request: String, Sendable, CaseIterable {
        /// An answer counts only where the record says when support was asked for.
        case required
        /// An answer counts by itself.
        case optional
    }

    /// The cloud that may decline.
    package var cloud: String
    package var request: Request
    /// How many milliseconds after the answer the decline may be relied on.
    package var noticeMilliseconds: Int64
    /// How long a request for support may stay unanswered before silence counts, in milliseconds; `nil`: never.
    package var silenceMilliseconds: Int64?
    /// How many milliseconds after the cloud took it back a decline may still be relied on; `nil`: it stands for good.
    package var revocationMilliseconds: Int64?

    package init(
        cloud: String, request: Request = .optional, noticeMilliseconds: Int64, silenceMilliseconds: Int64?,
        revocationMilliseconds: Int64? = 0
    ) {
        self.cloud = cloud
        self.request = request
        self.noticeMilliseconds = noticeMilliseconds
        self.silenceMilliseconds = silenceMilliseconds
        self.revocationMilliseconds = revocationMilliseconds
    }
}
