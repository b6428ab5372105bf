// SPDX-License-Identifier: Apache-2.0

import Providers
import Testing

@Suite("Signals: OpenAI and servers that follow it")
struct OpenAISignalTests {
    static let rows: [SignalRow] = [
        row(
            "overloaded", 503, code: "server_is_overloaded", type: "service_unavailable_error", .noCapacity,
            .serverOverloaded),
        row("overloaded at another status", 429, code: "server_is_overloaded", type: nil, .ownQuota, .unlisted),
        row("overloaded at 500", 500, code: "server_is_overloaded", type: nil, .outage, .unlisted),
        row("other 503", 503, code: nil, type: "service_unavailable_error", .outage, .unlisted),
        row("slow down", 429, code: "slow_down", type: "rate_limit_error", .ramp, .slowDown),
        row("slow down at 503", 503, code: "slow_down", type: nil, .ramp, .slowDown),
        row("rate limit", 429, code: "rate_limit_exceeded", type: "requests", .ownQuota, .rateLimitExceeded),
        row("token limit", 429, code: "rate_limit_exceeded", type: "tokens", .ownQuota, .rateLimitExceeded),
        row("limit by type", 429, code: nil, type: "rate_limit_error", .ownQuota, .rateLimitExceeded),
        row("no quota", 429, code: "insufficient_quota", type: "insufficient_quota", .billing, .insufficientQuota),
        row(
            "no credit", 429, code: "credit_balance_exhausted", type: "insufficient_quota", .billing,
            .creditBalanceExhausted),
        row(
            "organization's spend", 429, code: "organization_spend_limit_exceeded", type: "insufficient_quota",
            .billing,
            .organizationSpendLimit
        ),
        row(
            "project's spend", 429, code: "project_spend_limit_exceeded", type: "insufficient_quota", .billing,
            .projectSpendLimit),
        row(
            "organization's usage", 429, code: "organization_usage_limit_exceeded", type: "insufficient_quota",
            .billing,
            .organizationUsageLimit
        ), row("billing off", 400, code: "billing_not_active", type: nil, .billing, .billingNotActive),
        row("hard limit", 403, code: "billing_hard_limit_reached", type: nil, .billing, .billingHardLimit),
        row(
            "money before capacity", 503, code: "server_is_overloaded", type: "insufficient_quota", .billing,
            .insufficientQuota),
        row("credit at 503", 503, code: "credit_balance_exhausted", type: nil, .billing, .creditBalanceExhausted),
        row("key", 401, code: "invalid_api_key", type: "invalid_request_error", .auth, .invalidAPIKey),
        row("forbidden", 403, code: "unsupported_country_region_territory", type: nil, .auth, .unlisted),
        row("model", 404, code: "model_not_found", type: "invalid_request_error", .request, .modelNotFound),
        row(
            "context", 400, code: "context_length_exceeded", type: "invalid_request_error", .request,
            .contextLengthExceeded),
        row("bad request", 400, code: nil, type: "invalid_request_error", .request, .invalidRequest),
        row("too large", 413, code: nil, type: "invalid_request_error", .request, .invalidRequest),
        row("filter", 400, code: "content_policy_violation", type: "invalid_request_error", .filter, .contentFilter),
        row("error", 500, code: nil, type: "server_error", .outage, .serverError),
        row("gateway", 502, code: nil, type: nil, .outage, .none),
        row("timeout", 504, code: nil, type: nil, .outage, .none),
    ]

    @Test("each row of the table is read so", arguments: rows, [ProviderKind.openai, .compatible])
    func table(row: SignalRow, kind: ProviderKind) {
        for headers in [[:], ["x-request-id": "req_1"]] as [Headers] {
            var row = row
            row.headers = headers
            let signal = row.classify(kind)
            #expect(signal.signalClass == row.expected)
            #expect(signal.vendorCode == row.code)
        }
    }

    @Test("the names mean the same in a stream", arguments: rows.filter { $0.code != .none && $0.code != .unlisted })
    func inStream(row: SignalRow) {
        var row = row
        row.status = 200
        row.phase = .inStream
        let signal = row.classify(.openai)
        #expect(signal.signalClass == row.expected)
        #expect(signal.vendorCode == row.code)
    }

    @Test("a reserved lane makes no difference", arguments: rows)
    func reserved(row: SignalRow) {
        var row = row
        row.isReserved = true
        #expect(row.classify(.openai).signalClass == row.expected)
    }

    @Test("a capacity code outside an error object counts only with the provider's request id")
    func attribution() {
        var row = SignalRow(
            name: "",
            status: 503,
            body: #"{"code":"server_is_overloaded"}"#,
            expected: .outage,
            code: .serverOverloaded
        )
        #expect(row.classify(.openai).signalClass == .outage)
        row.headers = ["X-Request-Id": "req_1"]
        #expect(row.classify(.openai).signalClass == .noCapacity)
    }

    @Test(
        "what vLLM, SGLang and llama.cpp answer under load is never capacity",
        arguments: [
            (503, #"{"error":{"message":"Loading model","type":"unavailable_error","code":503}}"#, .outage),
            (503, #"{"object":"error","message":"queue full","type":"ServiceUnavailable","code":503}"#, .outage),
            (429, #"{"object":"error","message":"Too many requests","type":"TooManyRequests","code":429}"#, .ownQuota),
            (429, #"{"detail":"Too many requests"}"#, .ownQuota), (503, "no_available_workers", .outage),
            (
                400, #"{"object":"error","message":"maximum context length","type":"BadRequestError","code":400}"#,
                .request
            ),
            (404, #"{"detail":"Not Found"}"#, .request), (500, "Internal Server Error", .outage),
        ] as [(Int, String, SignalClass)]
    )
    func compatible(status: Int, body: String, expected: SignalClass) {
        let row = SignalRow(name: "", status: status, body: body, expected: expected, code: .none)
        #expect(row.classify(.compatible).signalClass == expected)
    }

    private static func row(
        _ name: String,
        _ status: Int,
        code: String?,
        type: String?,
        _ expected: SignalClass,
        _ vendorCode: VendorCode
    ) -> SignalRow {
        let members = [("code", code), ("type", type)].map { "\"\($0)\":" + ($1.map { "\"\($0)\"" } ?? "null") }
        let body = "{\"error\":{\"message\":\"m\",\"param\":null,\(members.joined(separator: ","))}}"
        return SignalRow(name: name, status: status, body: body, expected: expected, code: vendorCode)
    }
}
