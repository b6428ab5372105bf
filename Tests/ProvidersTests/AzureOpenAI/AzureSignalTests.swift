// SPDX-License-Identifier: Apache-2.0

import Providers
import Testing

@Suite("Signals: Azure OpenAI")
struct AzureSignalTests {
    private static let highDemand =
        "The system is currently experiencing high demand and cannot process your request. Your request exceeds the "
        + "maximum usage size allowed during peak load. Please retry after 20 seconds."
    private static let adjusted = "Too many requests because of a temporary rate limit adjustment. Retry later."

    static let standard: [SignalRow] = [
        row("(a) rate limit", 429, "429", "Rate limit is exceeded. Try again in 2 s.", .ownQuota, .azureRateLimit),
        row(
            "(a) token rate limit", 429, "429",
            "Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2024-10-21 have exceeded "
                + "token rate limit of your current OpenAI S0 pricing tier. Please retry after 7 seconds.", .ownQuota,
            .azureRateLimit
        ), row("(a) by code", 429, "rate_limit_exceeded", "x", .ownQuota, .azureRateLimit),
        row(
            "(b) token budget", 429, "429", "Token budget exceeded by request parameters.", .ownQuota, .azureTokenBudget
        ),
        row("(c) adjusted, nothing known", 429, "429", adjusted, .ownQuota, .azureLimitAdjusted),
        row("(c) adjusted, no contract", 429, "429", adjusted, .ownQuota, .azureLimitAdjusted, limit: "1000"),
        row(
            "(c) adjusted, limit as bought", 429, "429", adjusted, .ownQuota, .azureLimitAdjusted, limit: "5000",
            contracted: 5000),
        row(
            "(c) adjusted, limit unknown", 429, "429", adjusted, .ownQuota, .azureLimitAdjusted, limit: "-1",
            contracted: 5000),
        row(
            "(c) adjusted below what was bought", 429, "429", adjusted, .noCapacity, .azureLimitAdjusted, limit: "1000",
            contracted: 5000),
        row(
            "a lower limit alone", 429, "429", "Rate limit is exceeded.", .ownQuota, .azureRateLimit, limit: "1000",
            contracted: 5000),
        row("(d) high demand", 429, "429", highDemand, .noCapacity, .azureHighDemand),
        row(
            "(d) peak load", 429, "too_many_requests",
            "Your request exceeds the maximum usage size allowed during peak load.", .noCapacity, .azureHighDemand),
        row("(d) no capacity", 429, "no_capacity", "x", .noCapacity, .azureNoCapacity),
        row("(d) no capacity at 503", 503, "no_capacity", "x", .noCapacity, .azureNoCapacity),
        row("no capacity at another status", 400, "no_capacity", "x", .request, .unlisted),
        row("high demand at another status", 500, "500", highDemand, .outage, .unlisted),
        row("503", 503, "503", "Service unavailable", .outage, .unlisted),
        row("OpenAI's overload", 503, "server_is_overloaded", "x", .outage, .unlisted),
        row("500", 500, "InternalServerError", "x", .outage, .unlisted),
        row("slow down", 429, "slow_down", "x", .ramp, .slowDown),
        row("quota money", 429, "insufficient_quota", highDemand, .billing, .insufficientQuota),
        row("key", 401, "401", "Access denied due to invalid subscription key", .auth, .unlisted),
        row("network rules", 403, "AccessDenied", "x", .auth, .unlisted),
        row("deployment", 404, "DeploymentNotFound", "x", .request, .azureDeploymentNotFound),
        row("filter", 400, "content_filter", "x", .filter, .azureResponsibleAI),
        row("filter named like load", 429, "content_filter", highDemand, .filter, .azureResponsibleAI),
        row("context", 400, "context_length_exceeded", "x", .request, .contextLengthExceeded),
    ]

    static let provisioned: [SignalRow] = [
        row("full", 429, "429", "x", .reservedFull, .azureProvisionedFull),
        row("full, by rate limit code", 429, "rate_limit_exceeded", "x", .reservedFull, .azureProvisionedFull),
        row("full, in the words of high demand", 429, "429", highDemand, .reservedFull, .azureProvisionedFull),
        row("full, no capacity", 429, "no_capacity", "x", .reservedFull, .azureProvisionedFull),
        row("money", 429, "insufficient_quota", "x", .billing, .insufficientQuota),
        row("slow down", 429, "slow_down", "x", .ramp, .slowDown),
        row("long context", 400, "context_length_exceeded", "x", .request, .contextLengthExceeded),
        row("500", 500, "500", "x", .outage, .unlisted), row("503", 503, "503", "x", .outage, .unlisted),
        row("filter", 400, "content_filter", "x", .filter, .azureResponsibleAI),
        row("deployment", 404, "DeploymentNotFound", "x", .request, .azureDeploymentNotFound),
        row("key", 401, "401", "x", .auth, .unlisted),
    ]

    @Test("each row of the standard table is read so", arguments: standard, [ProviderKind.azureV1, .azureDeployment])
    func standardTable(row: SignalRow, kind: ProviderKind) {
        let signal = row.classify(kind)
        #expect(signal.signalClass == row.expected)
        #expect(signal.vendorCode == row.code)
    }

    @Test(
        "each row of the provisioned table is read so", arguments: provisioned,
        [ProviderKind.azureV1, .azureDeployment])
    func provisionedTable(row: SignalRow, kind: ProviderKind) {
        var row = row
        row.isReserved = true
        let signal = row.classify(kind)
        #expect(signal.signalClass == row.expected)
        #expect(signal.vendorCode == row.code)
    }

    @Test("what stands between us and Azure fills no lane and shows no shortage")
    func intermediaries() {
        let bodies = [
            #"{"statusCode":429,"message":"Rate limit is exceeded. Try again in 3 seconds."}"#,
            "<h1>Too many requests</h1>", "",
            #"{"statusCode":503,"message":"Your request exceeds the maximum usage size allowed during peak load."}"#,
        ]
        for body in bodies {
            for isReserved in [true, false] {
                for (status, expected) in [(429, SignalClass.ownQuota), (503, .outage)] {
                    var row = SignalRow(name: "", status: status, body: body, expected: expected, code: .none)
                    row.isReserved = isReserved
                    #expect(row.classify(.azureV1).signalClass == expected, "\(body)")
                }
            }
        }
        var full = SignalRow(name: "", status: 429, body: "", expected: .reservedFull, code: .azureProvisionedFull)
        full.isReserved = true
        full.headers = ["apim-request-id": "a"]
        #expect(full.classify(.azureV1).signalClass == .reservedFull)
    }

    @Test("the filter is known by its inner code as well")
    func innerCode() {
        let body = #"{"error":{"code":null,"status":400,"innererror":{"code":"ResponsibleAIPolicyViolation"}}}"#
        let row = SignalRow(name: "", status: 400, body: body, expected: .filter, code: .azureResponsibleAI)
        #expect(row.classify(.azureDeployment).signalClass == .filter)
    }

    @Test("errors inside a stream are read by name, number and message")
    func inStream() {
        let rows = [
            Self.row("", 200, "429", Self.highDemand, .noCapacity, .azureHighDemand),
            Self.row("", 200, "no_capacity", "x", .noCapacity, .azureNoCapacity),
            Self.row("", 200, "server_busy", Self.highDemand, .noCapacity, .azureHighDemand),
            Self.row("", 200, "429", "Rate limit is exceeded.", .ownQuota, .azureRateLimit),
            Self.row("", 200, "server_error", "x", .outage, .serverError),
            Self.row("", 200, "content_filter", "x", .filter, .azureResponsibleAI),
            Self.row("", 200, "insufficient_quota", Self.highDemand, .billing, .insufficientQuota),
        ]
        for var row in rows {
            row.phase = .inStream
            #expect(row.classify(.azureV1).signalClass == row.expected)
            #expect(row.classify(.azureV1).vendorCode == row.code)
        }
    }

    @Test(
        "spillover stays on the primary and is told by its marks",
        arguments: [
            (["x-ms-spillover-from-deployment": "ptu"], .onDemand),
            (["x-ms-spillover-from-gpt-5-ptu": "true"], .onDemand),
            (["X-MS-Spillover-From-Deployment": "ptu", "x-ms-deployment-name": "std"], .onDemand),
            (["x-ms-is-spilled-over": "true"], .onDemand), (["x-ms-is-spilled-over": "false"], .addressed),
            (["x-ms-deployment-name": "ptu"], .addressed), ([:], .addressed),
            (["x-ms-spillover-from-deployment": "ptu", "x-ms-spillover-error": "429"], .addressed),
        ] as [(Headers, ServedLane)]
    )
    func spillover(headers: Headers, lane: ServedLane) {
        #expect(AzureSpillover.servedLane(kind: .azureV1, headers: headers) == lane)
        #expect(AzureSpillover.servedLane(kind: .azureDeployment, headers: headers) == lane)
        #expect(AzureSpillover.servedLane(kind: .openai, headers: headers) == .addressed)
        let row = SignalRow(name: "", status: 200, body: "", expected: .success, code: .none, headers: headers)
        #expect(row.classify(.azureV1).signalClass == .success)
    }

    private static func row(
        _ name: String,
        _ status: Int,
        _ code: String,
        _ message: String,
        _ expected: SignalClass,
        _ vendorCode: VendorCode,
        limit: String? = nil,
        contracted: Int? = nil
    ) -> SignalRow {
        SignalRow(
            name: name,
            status: status,
            body: "{\"error\":{\"code\":\"\(code)\",\"message\":\"\(message)\"}}",
            expected: expected,
            code: vendorCode,
            headers: limit.map { ["apim-request-id": "a", "x-ratelimit-limit-tokens": $0] } ?? ["apim-request-id": "a"],
            contracted: contracted
        )
    }
}
