// SPDX-License-Identifier: Apache-2.0

/// Says how a cloud declines to support a feature.
///
/// Without one, a recorded answer counts from the instant that it gives.
package struct DeclineClause: Sendable, Equatable {
    /// The cloud that may decline.
    package var cloud: String
    /// How many milliseconds after the answer the decline may be relied on.
    package var noticeMilliseconds: Int64
    /// How long a request for support may stay unanswered before silence counts, in milliseconds; `nil`: never.
    package var silenceMilliseconds: Int64?

    package init(cloud: String, noticeMilliseconds: Int64, silenceMilliseconds: Int64?) {
        self.cloud = cloud
        self.noticeMilliseconds = noticeMilliseconds
        self.silenceMilliseconds = silenceMilliseconds
    }
}
