// SPDX-License-Identifier: Apache-2.0

package import NIOCore

/// Decides which requests a lane takes in: the caller's own quota first, then what the lane can really serve.
///
/// A request costs its prompt and its most possible answer when it comes, as the vendors count, and what it really used
/// when it ends.
package struct LaneCapacity: Equatable {
    private let kind: CloudLane.Kind
    private var pool: LeakyBucket
    private var quotaTokens: LeakyBucket?
    private var quotaRequests: LeakyBucket?

    /// The capacity of a lane that nothing has used yet.
    package init(_ lane: CloudLane, speed: Int) {
        kind = lane.kind
        pool = LeakyBucket(allowance: lane.tokensPerMinute, speed: speed)
        guard lane.kind == .onDemand else { return }
        quotaTokens = lane.quotaTokensPerMinute.map { LeakyBucket(allowance: $0, speed: speed) }
        quotaRequests = lane.quotaRequestsPerMinute.map { LeakyBucket(allowance: $0, speed: speed) }
    }

    /// Takes in a request that costs `tokens`, or says why not.
    package mutating func admit(tokens: Int, now: NIODeadline) -> Refusal? {
        if let wait = quotaRequests?.wait(for: 1, by: .fits, now: now), wait > 0 {
            return Refusal(.ownQuotaRequests, retryAfterMicroseconds: wait)
        }
        if let wait = quotaTokens?.wait(for: tokens, by: .fits, now: now), wait > 0 {
            return Refusal(.ownQuotaTokens, retryAfterMicroseconds: wait)
        }
        let wait = pool.wait(for: tokens, by: kind == .reserved ? .isBelowFull : .fits, now: now)
        guard wait == 0 else {
            return Refusal(kind == .reserved ? .reservedFull : .noCapacity, retryAfterMicroseconds: wait)
        }
        pool.add(tokens, now: now)
        quotaTokens?.add(tokens, now: now)
        quotaRequests?.add(1, now: now)
        return nil
    }

    /// Corrects the cost of a request that has ended.
    package mutating func settle(admitted: Int, used: Int, now: NIODeadline) {
        guard used < admitted else { return }
        pool.giveBack(admitted - used, now: now)
        quotaTokens?.giveBack(admitted - used, now: now)
    }

    /// Changes what the lane can serve, before the speed factor.
    package mutating func setTokensPerMinute(_ tokens: Int, now: NIODeadline) {
        pool.setAllowance(tokens, now: now)
    }

    /// What the `x-ratelimit-*` headers tell; nil for a lane without a quota of its own.
    package func rateLimits(now: NIODeadline) -> RateLimits? {
        guard quotaTokens != nil || quotaRequests != nil else { return nil }
        return RateLimits(
            requests: quotaRequests.map { RateLimits.Limit($0, now: now) },
            tokens: quotaTokens.map { RateLimits.Limit($0, now: now) }
        )
    }
}
