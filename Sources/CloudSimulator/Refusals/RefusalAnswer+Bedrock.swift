// SPDX-License-Identifier: Apache-2.0

extension RefusalAnswer {
    static func bedrock(_ refusal: Refusal) -> RefusalAnswer {
        let (status, type, message) = bedrockException(refusal)
        var answer = RefusalAnswer(status: status, body: #"{"message":\#(JSONString.quoted(message))}"#)
        // The suffix is what the service sends; clients cut it at the colon.
        let suffix = ":http://internal.amazon.com/coral/com.amazon.bedrock/"
        answer.headers.append(Header(name: "x-amzn-errortype", value: type + suffix))
        return answer
    }

    /// The exception's status, type and message; Bedrock never says when to come back.
    static func bedrockException(_ refusal: Refusal) -> (status: Int, type: String, message: String) {
        switch refusal.reason {
        case .reservedFull, .noCapacity, .outage503:
            (503, "ServiceUnavailableException", "Bedrock is unable to process your request.")
        case .ownQuotaTokens, .poolAdjusted:
            (429, "ThrottlingException", "Too many tokens, please wait before trying again.")
        case .ownQuotaRequests, .ramp:
            (429, "ThrottlingException", "Too many requests, please wait before trying again.")
        case .billing:
            (
                403, "AccessDeniedException",
                "Model access is denied due to INVALID_PAYMENT_INSTRUMENT: a valid payment instrument must be provided."
            )
        case .auth: (403, "AccessDeniedException", "Authentication failed: please make sure your API Key is valid.")
        case .unknownModel: (404, "ResourceNotFoundException", "Could not resolve the model \(refusal.model).")
        case .unknownPath: (404, "UnknownOperationException", "Unknown operation \(refusal.detail).")
        case .unsupported: (400, "ValidationException", "This model doesn't support \(refusal.detail).")
        case .filter: (400, "ValidationException", "The prompt was blocked by the content filter.")
        case .badRequest: (400, "ValidationException", refusal.detail)
        case .tooLarge: (413, "RequestEntityTooLargeException", "The request body is too large.")
        case .outage500, .outage502, .outage504:
            (
                500, "InternalServerException",
                "The system encountered an unexpected error during processing. Try your request again."
            )
        }
    }
}
