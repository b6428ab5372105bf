// SPDX-License-Identifier: Apache-2.0

internal import Wire

/// The error codes and messages of Azure OpenAI that OpenAI does not have.
enum AzureErrors {
    /// What the error's names say; nil if they say nothing known.
    static func verdict(_ error: UpstreamError) -> Verdict? {
        let code = error.body.code ?? ""
        if code == "content_filter" || error.body.innerCode == "ResponsibleAIPolicyViolation" {
            return Verdict(.filter, .azureResponsibleAI)
        }
        if code == "DeploymentNotFound" { return Verdict(.request, .azureDeploymentNotFound) }
        if code == "slow_down" { return Verdict(.ramp, .slowDown) }
        let named = OpenAIErrors.verdict(error, mayLackCapacity: false)
        if let named, named.signalClass == .billing { return named }
        if error.status == 429, error.laneIsReserved {
            // Above 100 % utilisation a provisioned deployment answers 429 by design (Azure, "Provisioned throughput").
            return error.isAttributed
                ? Verdict(.reservedFull, .azureProvisionedFull) : Verdict(.ownQuota, .azureRateLimit)
        }
        if code == "no_capacity", error.came(with: 429, 503) { return Verdict(.noCapacity, .azureNoCapacity) }
        if error.status == 429 { return standard(error) }
        if named == nil, error.phase == .inStream, isHighDemand(error) { return Verdict(.noCapacity, .azureHighDemand) }
        return named
    }

    /// The four reasons for a 429 of a standard deployment, of which only a shortage of the shared pool is capacity.
    private static func standard(_ error: UpstreamError) -> Verdict {
        if isHighDemand(error) { return Verdict(.noCapacity, .azureHighDemand) }
        if error.says("temporary rate limit") {
            // The words alone prove nothing; a limit below what was bought does.
            guard let limit = error.limitTokens, let contracted = error.contractedTokensPerMinute, limit < contracted
            else { return Verdict(.ownQuota, .azureLimitAdjusted) }
            return Verdict(.noCapacity, .azureLimitAdjusted)
        }
        if error.says("token budget") { return Verdict(.ownQuota, .azureTokenBudget) }
        return Verdict(.ownQuota, .azureRateLimit)
    }

    private static func isHighDemand(_ error: UpstreamError) -> Bool {
        guard error.body.hasErrorObject else { return false }
        return error.says("experiencing high demand")
            || error.says("exceeds the maximum usage size allowed during peak load")
    }
}
