// SPDX-License-Identifier: Apache-2.0

internal import Wire

/// The errors of Amazon Bedrock, whose name comes in `x-amzn-errortype`, in `__type`, or as the code or type of an
/// OpenAI error object.
///
/// Source: Amazon Bedrock User Guide, "Troubleshooting Amazon Bedrock API error codes".
enum BedrockErrors {
    /// What the error's name says; nil if it says nothing known.
    static func verdict(_ error: UpstreamError) -> Verdict? {
        for name in [error.errorTypeHeader, error.body.awsType, error.body.code, error.body.type] {
            if let name, let verdict = verdict(name: normalise(name), error) { return verdict }
        }
        if error.came(with: 503), error.isAttributed, error.says("bedrock is unable to process your request") {
            return Verdict(.noCapacity, .bedrockServiceUnavailable)
        }
        return OpenAIErrors.verdict(error, mayLackCapacity: false)
    }

    private static func verdict(name: String, _ error: UpstreamError) -> Verdict? {
        switch name {
        // The same name stands for our quota and for limits of the whole service, so it proves no shortage.
        case "throttling": Verdict(.ownQuota, .bedrockThrottling)
        case "servicequotaexceeded": Verdict(.ownQuota, .bedrockServiceQuota)
        case "serviceunavailable":
            error.came(with: 503) ? Verdict(.noCapacity, .bedrockServiceUnavailable) : nil
        case "modelnotready": Verdict(.request, .bedrockModelNotReady)
        case "modeltimeout": Verdict(.outage, .bedrockModelTimeout)
        case "model", "modelerror", "modelstream", "modelstreamerror": Verdict(.outage, .bedrockModelError)
        case "internalserver", "internalfailure": Verdict(.outage, .bedrockInternal)
        case "validation": Verdict(.request, .bedrockValidation)
        case "accessdenied": Verdict(.auth, .bedrockAccessDenied)
        case "resourcenotfound": Verdict(.request, .bedrockNotFound)
        default: nil
        }
    }

    /// `com.amazonaws#ThrottlingException:http://…`, `throttlingException` and `throttling_error` are one name.
    private static func normalise(_ name: String) -> String {
        let withoutNamespace = name.prefix { $0 != ":" }.split(separator: "#").last ?? ""
        var normalised = withoutNamespace.lowercased().filter { $0 != "_" }
        for suffix in ["exception", "error"] where normalised.hasSuffix(suffix) {
            normalised.removeLast(suffix.count)
            break
        }
        return normalised
    }
}
