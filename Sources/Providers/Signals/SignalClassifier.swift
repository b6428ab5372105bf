// SPDX-License-Identifier: Apache-2.0

package import Wire

/// Tells from an upstream's answer whether it lacks capacity, or what else is wrong.
///
/// Only what a provider's table lists as a shortage is ``SignalClass/noCapacity``. The doubtful goes the other way, for
/// a wrong ground breaks the agreement while a missed one costs a retry:
///
/// - A 429 or 503 that the provider can't be shown to have sent (no request id and no error body in a shape that it
///   uses) may come from a proxy in between: 429 is then `ownQuota` and 503 `outage`.
/// - A 429 that names no known reason is `ownQuota`; a 5xx that names none is `outage`.
/// - Bedrock's throttling stands for our quota and for limits of the whole service, and is `ownQuota`.
/// - Azure's "temporary rate limit adjustment" is `noCapacity` only if the limit that it states is below the contracted
///   one, which the caller has to know.
/// - The names of errors decide before statuses do, except that a shortage also needs the status that its table gives.
package enum SignalClassifier {
    /// Classifies an answer.
    ///
    /// - Parameters:
    ///   - kind: the upstream's dialect.
    ///   - laneIsReserved: whether the request went to a reserved lane.
    ///   - status: the HTTP status.
    ///   - headers: the answer's header fields.
    ///   - body: what the error body, or the error event of a stream, says.
    ///   - phase: where the error stood.
    ///   - nowSeconds: the current time in seconds since 1970, for a `retry-after` that is a date.
    ///   - contractedTokensPerMinute: the tokens a minute that the deployment was bought with, if configured.
    /// - Returns: the class with its evidence.
    package static func classify(
        kind: ProviderKind,
        laneIsReserved: Bool,
        status: Int,
        headers: some HeaderLookup,
        body: JSONErrorScan,
        phase: SignalPhase,
        nowSeconds: Int64,
        contractedTokensPerMinute: Int? = nil
    ) -> Signal {
        let hasProviderRequestID = hasRequestID(kind, headers)
        let isSuccess = phase == .head && 200...299 ~= status
        var verdict = Verdict(.success, .none)
        if !isSuccess {
            let errorTypeHeader = kind == .bedrockOpenAI ? headers.first(name: "x-amzn-errortype") : nil
            let hasProviderBody = body.hasErrorObject || body.awsType != nil || errorTypeHeader != nil
            verdict = classify(
                kind,
                UpstreamError(
                    status: phase == .head ? status : statusInStream(body),
                    phase: phase,
                    laneIsReserved: laneIsReserved,
                    body: body,
                    errorTypeHeader: errorTypeHeader,
                    isAttributed: hasProviderRequestID || hasProviderBody,
                    limitTokens: RateLimitHeaders(headers).limitTokens,
                    contractedTokensPerMinute: contractedTokensPerMinute
                )
            )
        }
        return Signal(
            signalClass: verdict.signalClass,
            vendorCode: verdict.vendorCode,
            status: UInt16(clamping: status),
            isInStream: phase == .inStream,
            retryAfterMilliseconds: isSuccess
                ? nil : wait(verdict, kind, headers, errorType: body.type, nowSeconds: nowSeconds),
            hasProviderRequestID: hasProviderRequestID,
            messageFingerprint: body.messageFingerprint
        )
    }

    /// How long the provider asks to wait; only OpenAI's dialect says it with its rate limits as well.
    private static func wait(
        _ verdict: Verdict, _ kind: ProviderKind, _ headers: some HeaderLookup, errorType: String?, nowSeconds: Int64
    ) -> Int64? {
        if let stated = RetryAfter.parse(headers, nowSeconds: nowSeconds) { return stated }
        guard verdict.signalClass == .ownQuota, kind != .bedrockOpenAI else { return nil }
        return RateLimitReset.parse(headers, errorType: errorType)
    }

    private static func classify(_ kind: ProviderKind, _ error: UpstreamError) -> Verdict {
        let named =
            switch kind {
            case .openai, .compatible: OpenAIErrors.verdict(error, mayLackCapacity: true)
            case .azureV1, .azureDeployment: AzureErrors.verdict(error)
            case .bedrockOpenAI: BedrockErrors.verdict(error)
            }
        let byStatus = classify(status: error.status)
        guard let named else {
            let hasName = error.body.code != nil || error.body.type != nil || error.body.awsType != nil
            return Verdict(byStatus, hasName ? .unlisted : .none)
        }
        if named.signalClass == .noCapacity, !error.isAttributed { return Verdict(byStatus, named.vendorCode) }
        // A provider may call a request that is too large a server error; what the status blames on the request stays so.
        if named.signalClass == .outage, byStatus == .request { return Verdict(byStatus, named.vendorCode) }
        return named
    }

    /// What a status means when nothing else does.
    private static func classify(status: Int) -> SignalClass {
        switch status {
        case 401, 403: .auth
        case 402: .billing
        case 408, 424: .outage
        case 429: .ownQuota
        case 499: .ours
        case 400..<500: .request
        default: .outage
        }
    }

    /// The status that an error inside a stream names as its code, as Azure and vLLM do; 0 if it names none.
    private static func statusInStream(_ body: JSONErrorScan) -> Int {
        guard let code = body.code, let status = Int(code), 400...599 ~= status else { return 0 }
        return status
    }

    private static func hasRequestID(_ kind: ProviderKind, _ headers: some HeaderLookup) -> Bool {
        switch kind {
        case .openai, .compatible: headers.first(name: "x-request-id") != nil
        case .azureV1, .azureDeployment:
            headers.first(name: "apim-request-id") != nil || headers.first(name: "x-request-id") != nil
        case .bedrockOpenAI: headers.first(name: "x-amzn-requestid") != nil
        }
    }
}
