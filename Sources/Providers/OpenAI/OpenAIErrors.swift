// SPDX-License-Identifier: Apache-2.0

internal import Wire

/// The error codes of OpenAI, which Azure and compatible servers use as well.
///
/// Source: OpenAI, "Error codes"; `error.code` is read before `error.type`, which is too coarse for billing.
enum OpenAIErrors {
    /// What the error's names say; nil if they say nothing known.
    ///
    /// With `mayLackCapacity` the provider's table has `server_is_overloaded`.
    static func verdict(_ error: UpstreamError, mayLackCapacity: Bool) -> Verdict? {
        let byCode = error.body.code.flatMap(verdict(code:))
        // Money comes first at any status: a provider that wants to be paid is not short of capacity.
        if error.body.type == "insufficient_quota", byCode?.signalClass != .billing {
            return Verdict(.billing, .insufficientQuota)
        }
        guard let verdict = byCode else { return error.body.type.flatMap(verdict(type:)) }
        if verdict.signalClass == .noCapacity, !(mayLackCapacity && error.came(with: 503)) { return nil }
        return verdict
    }

    private static func verdict(code: String) -> Verdict? {
        switch code {
        case "server_is_overloaded": Verdict(.noCapacity, .serverOverloaded)
        case "slow_down": Verdict(.ramp, .slowDown)
        case "rate_limit_exceeded": Verdict(.ownQuota, .rateLimitExceeded)
        case "insufficient_quota": Verdict(.billing, .insufficientQuota)
        case "credit_balance_exhausted": Verdict(.billing, .creditBalanceExhausted)
        case "organization_spend_limit_exceeded": Verdict(.billing, .organizationSpendLimit)
        case "project_spend_limit_exceeded": Verdict(.billing, .projectSpendLimit)
        case "organization_usage_limit_exceeded": Verdict(.billing, .organizationUsageLimit)
        case "billing_hard_limit_reached": Verdict(.billing, .billingHardLimit)
        case "billing_not_active": Verdict(.billing, .billingNotActive)
        case "content_filter", "content_policy_violation": Verdict(.filter, .contentFilter)
        case "context_length_exceeded": Verdict(.request, .contextLengthExceeded)
        case "model_not_found": Verdict(.request, .modelNotFound)
        case "invalid_api_key": Verdict(.auth, .invalidAPIKey)
        case "server_error": Verdict(.outage, .serverError)
        case "image_content_policy_violation": Verdict(.filter, .contentFilter)
        // What a response blames on its request (`ResponseErrorCode` of the API description).
        case "invalid_prompt", "invalid_image", "invalid_image_format", "invalid_base64_image", "invalid_image_url",
            "image_too_large", "image_too_small", "image_parse_error", "invalid_image_mode", "image_file_too_large",
            "unsupported_image_media_type", "empty_image_file", "failed_to_download_image", "image_file_not_found",
            "previous_response_not_found":
            Verdict(.request, .invalidRequest)
        default: nil
        }
    }

    private static func verdict(type: String) -> Verdict? {
        switch type {
        case "rate_limit_error", "rate_limit_exceeded", "requests", "tokens": Verdict(.ownQuota, .rateLimitExceeded)
        case "billing_error": Verdict(.billing, .unlisted)
        case "invalid_request_error": Verdict(.request, .invalidRequest)
        case "authentication_error", "permission_error": Verdict(.auth, .unlisted)
        case "server_error", "api_error": Verdict(.outage, .serverError)
        default: nil
        }
    }
}
