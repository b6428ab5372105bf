// SPDX-License-Identifier: Apache-2.0

/// The provider's own reason, from a closed list, so that the ledger never holds a provider's words.
///
/// The raw values are written into the ledger: never reuse one.
package enum VendorCode: UInt16, CaseIterable, Sendable {
    case none = 0
    /// The provider named a reason that is not on this list.
    case unlisted = 1

    // OpenAI, and servers that follow it.
    case rateLimitExceeded = 100
    case slowDown = 101
    case serverOverloaded = 102
    case serverError = 103
    case insufficientQuota = 104
    case creditBalanceExhausted = 105
    case organizationSpendLimit = 106
    case projectSpendLimit = 107
    case organizationUsageLimit = 108
    case billingHardLimit = 109
    case billingNotActive = 110
    case contentFilter = 111
    case contextLengthExceeded = 112
    case modelNotFound = 113
    case invalidAPIKey = 114
    case invalidRequest = 115

    // Azure OpenAI.
    case azureProvisionedFull = 200
    case azureRateLimit = 201
    case azureTokenBudget = 202
    case azureLimitAdjusted = 203
    case azureHighDemand = 204
    case azureNoCapacity = 205
    case azureResponsibleAI = 206
    case azureDeploymentNotFound = 207

    // Amazon Bedrock.
    case bedrockThrottling = 300
    case bedrockServiceUnavailable = 301
    case bedrockModelNotReady = 302
    case bedrockServiceQuota = 303
    case bedrockModelTimeout = 304
    case bedrockModelError = 305
    case bedrockInternal = 306
    case bedrockValidation = 307
    case bedrockAccessDenied = 308
    case bedrockNotFound = 309

    // Before or without an answer; see ``LocalCause``.
    case connectFailed = 900
    case nameNotResolved = 901
    case tlsFailed = 902
    case connectionLost = 903
    case malformedResponse = 904
    case limiter = 905
    case budget = 906
    case queueFull = 907
    case circuitOpen = 908
    case timeout = 909
    case clientGone = 910
}
