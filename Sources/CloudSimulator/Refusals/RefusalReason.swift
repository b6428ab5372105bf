// SPDX-License-Identifier: Apache-2.0

/// Why a simulated cloud turns a request away; each has the vendor's own answer.
package enum RefusalReason: String, CaseIterable, Codable, Sendable {
    /// The provisioned throughput is used up.
    case reservedFull = "reserved-full"
    /// The shared pool is used up: the cloud lacks capacity.
    case noCapacity = "no-capacity"
    /// The vendor has lowered the caller's limit for a while (Azure; elsewhere as the token quota).
    case poolAdjusted = "pool-adjusted"
    /// The caller's own quota of requests is used up.
    case ownQuotaRequests = "own-quota-requests"
    /// The caller's own quota of tokens is used up.
    case ownQuotaTokens = "own-quota-tokens"
    /// The caller's traffic grows too fast (OpenAI; elsewhere as the request quota).
    case ramp
    /// The caller has not paid, or has reached a spending limit.
    case billing
    /// The credential is missing or wrong.
    case auth
    /// No lane serves the model or deployment.
    case unknownModel = "unknown-model"
    /// The path is not served, or lacks its `api-version`.
    case unknownPath = "unknown-path"
    /// The request uses a feature that the cloud does not have.
    case unsupported
    /// The vendor's content filter refuses the prompt.
    case filter
    /// The body is not a chat completion request.
    case badRequest = "bad-request"
    /// The body is larger than the simulator takes.
    case tooLarge = "too-large"
    /// The vendor's servers fail.
    case outage500 = "outage-500"
    /// The vendor's edge cannot reach its servers.
    case outage502 = "outage-502"
    /// The vendor's service is down.
    case outage503 = "outage-503"
    /// The vendor's servers do not answer in time.
    case outage504 = "outage-504"
}
