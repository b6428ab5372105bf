// SPDX-License-Identifier: Apache-2.0

extension RefusalAnswer {
    static func azure(_ refusal: Refusal, region: String) -> RefusalAnswer {
        let (status, body) = azureStatusAndBody(refusal, region: region)
        var answer = RefusalAnswer(status: status, body: body)
        switch refusal.reason {
        case .reservedFull:
            // Provisioned throughput tells when to come back, and has no quota to tell about.
            answer.addRetryAfter(refusal)
        case .noCapacity, .ownQuotaRequests, .ownQuotaTokens, .ramp:
            answer.addRetryAfter(refusal)
            answer.addRateLimits(refusal.rateLimits)
        case .poolAdjusted:
            answer.addRetryAfter(refusal)
            // The limit that is told is lower than the one that was configured: that is how the case is known.
            var lowered = refusal.rateLimits
            lowered?.tokens?.limit /= 2
            answer.addRateLimits(lowered)
        default:
            break
        }
        return answer
    }

    private static func azureStatusAndBody(_ refusal: Refusal, region: String) -> (status: Int, body: String) {
        func error(_ code: String, _ message: String) -> String {
            #"{"error":{"code":"\#(code)","message":\#(JSONString.quoted(message))}}"#
        }
        let model = refusal.model
        let wait = "Please retry after \(max(1, refusal.retryAfterSeconds)) seconds."
        func exceeded(_ what: String) -> String {
            "Your requests to \(model) for \(model) in \(region) have exceeded the \(what) rate limit for your current "
                + "AIServices S0 pricing tier. \(wait)"
        }
        switch refusal.reason {
        case .reservedFull:
            let message =
                "Requests to the ChatCompletions_Create Operation have exceeded the provisioned throughput of "
                + "deployment \(model). \(wait)"
            return (429, error("429", message))
        case .noCapacity:
            let message =
                "The system is currently experiencing high demand and cannot process your request. Your request "
                + "exceeds the maximum usage size allowed during peak load. For improved capacity reliability, consider "
                + "switching to Provisioned Throughput."
            return (429, error("no_capacity", message))
        case .poolAdjusted: return (429, error("429", "Temporary rate limit adjustment. " + exceeded("token")))
        case .ownQuotaTokens: return (429, error("RateLimitReached", exceeded("token")))
        case .ownQuotaRequests, .ramp: return (429, error("RateLimitReached", exceeded("call")))
        case .billing:
            let message = "You exceeded your current quota, please check your plan and billing details."
            return (429, error("insufficient_quota", message))
        case .auth:
            let message =
                "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a "
                + "valid key for an active subscription and use a correct regional API endpoint for your resource."
            return (401, error("401", message))
        case .unknownModel:
            let message =
                "The API deployment for this resource does not exist. If you created the deployment within the "
                + "last 5 minutes, please wait a moment and try again."
            return (404, error("DeploymentNotFound", message))
        case .unknownPath: return (404, error("404", "Resource not found"))
        case .filter: return (400, azureFilterBody)
        case .outage503:
            let message = "The service is temporarily unable to process your request. Please try again later."
            return (503, error("ServiceUnavailable", message))
        case .outage500, .outage502, .outage504: return (500, error("InternalServerError", "Internal server error"))
        case .unsupported, .badRequest, .tooLarge: return openAIStatusAndBody(refusal)
        }
    }

    private static let azureFilterBody =
        #"{"error":{"message":"The response was filtered due to the prompt triggering Azure OpenAI's content management "#
        + #"policy. Please modify your prompt and retry.","type":null,"param":"prompt","code":"content_filter","#
        + #""status":400,"innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":"#
        + #"{"hate":{"filtered":false,"severity":"safe"},"violence":{"filtered":true,"severity":"medium"}}}}}"#
}
