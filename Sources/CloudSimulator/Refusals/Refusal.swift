// SPDX-License-Identifier: Apache-2.0

/// One refusal and what its answer has to tell.
package struct Refusal: Equatable {
    /// Why.
    package let reason: RefusalReason
    /// When the vendor says to come back; nil where it does not say.
    package let retryAfterMicroseconds: Int64?
    /// The deployment or model that was asked for.
    package var model = ""
    /// What exactly was wrong: a feature's name, or a sentence about the body.
    package var detail = ""
    /// The caller's quota, where the lane has one.
    package var rateLimits: RateLimits?

    package init(_ reason: RefusalReason, retryAfterMicroseconds: Int64? = nil, model: String = "", detail: String = "")
    {
        self.reason = reason
        self.retryAfterMicroseconds = retryAfterMicroseconds
        self.model = model
        self.detail = detail
    }

    /// Rounded up, so that a client that waits as told is not early.
    package var retryAfterMilliseconds: Int { Int(((retryAfterMicroseconds ?? 0) + 999) / 1_000) }
    /// Whole seconds, rounded up.
    package var retryAfterSeconds: Int { (retryAfterMilliseconds + 999) / 1_000 }
}
