// SPDX-License-Identifier: Apache-2.0

extension RefusalAnswer {
    static func openAI(_ refusal: Refusal) -> RefusalAnswer {
        let (status, body) = openAIStatusAndBody(refusal)
        var answer = RefusalAnswer(status: status, body: body)
        switch refusal.reason {
        case .ownQuotaRequests, .ownQuotaTokens, .poolAdjusted:
            answer.addRetryAfter(refusal)
            answer.addRateLimits(refusal.rateLimits)
        default:
            break
        }
        return answer
    }

    /// The error object that OpenAI sends, as a response body or as an event inside a stream.
    static func openAIStatusAndBody(_ refusal: Refusal) -> (status: Int, body: String) {
        func error(_ message: String, _ type: String, _ code: String?, param: String? = nil) -> String {
            #"{"error":{"message":\#(JSONString.quoted(message)),"type":"\#(type)","#
                + #""param":\#(param.map(JSONString.quoted) ?? "null"),"code":\#(code.map(JSONString.quoted) ?? "null")}}"#
        }
        let model = refusal.model
        switch refusal.reason {
        case .reservedFull, .noCapacity:
            let message = "Our servers are currently overloaded. Please try again later."
            return (503, error(message, "service_unavailable_error", "server_is_overloaded"))
        case .ownQuotaRequests:
            let message = quotaMessage(refusal, limit: refusal.rateLimits?.requests, of: "requests per min (RPM)")
            return (429, error(message, "requests", "rate_limit_exceeded"))
        case .ownQuotaTokens, .poolAdjusted:
            let message = quotaMessage(refusal, limit: refusal.rateLimits?.tokens, of: "tokens per min (TPM)")
            return (429, error(message, "tokens", "rate_limit_exceeded"))
        case .ramp:
            let message = "Your request rate has increased too quickly. Please slow down and ramp up more gradually."
            return (429, error(message, "rate_limit_error", "slow_down"))
        case .billing:
            let message = "You exceeded your current quota, please check your plan and billing details."
            return (429, error(message, "insufficient_quota", "credit_balance_exhausted"))
        case .auth:
            return (401, error("Incorrect API key provided.", "invalid_request_error", "invalid_api_key"))
        case .unknownModel:
            let message = "The model `\(model)` does not exist or you do not have access to it."
            return (404, error(message, "invalid_request_error", "model_not_found"))
        case .unknownPath:
            return (404, error("Invalid URL (\(refusal.detail))", "invalid_request_error", nil))
        case .unsupported:
            let message = "Unsupported parameter: '\(refusal.detail)' is not supported with this model."
            return (400, error(message, "invalid_request_error", "unsupported_parameter", param: refusal.detail))
        case .filter:
            let message = "Invalid prompt: your prompt was flagged as potentially violating our usage policy."
            return (400, error(message, "invalid_request_error", "invalid_prompt"))
        case .badRequest:
            return (400, error(refusal.detail, "invalid_request_error", nil))
        case .tooLarge:
            return (413, error("Maximum content size limit exceeded.", "server_error", nil))
        case .outage503:
            return (503, error("Service Unavailable.", "server_error", nil))
        case .outage500, .outage502, .outage504:
            let message = "The server had an error while processing your request. Sorry about that!"
            return (500, error(message, "server_error", nil))
        }
    }

    private static func quotaMessage(_ refusal: Refusal, limit: RateLimits.Limit?, of what: String) -> String {
        let wait = RateLimits.duration(milliseconds: refusal.retryAfterMilliseconds)
        return "Rate limit reached for \(refusal.model) in organization org-simulated on \(what): "
            + "Limit \(limit?.limit ?? 0). Please try again in \(wait)."
    }
}
