// SPDX-License-Identifier: Apache-2.0

import Providers
import Testing
import Wire

/// One row of a provider's table: an answer and what it means.
struct SignalRow: Sendable, CustomTestStringConvertible {
    var name: String
    var status: Int
    var body: String
    var expected: SignalClass
    var code: VendorCode
    var headers: Headers = [:]
    var isReserved = false
    var contracted: Int?
    var phase = SignalPhase.head

    var testDescription: String { name }

    func classify(_ kind: ProviderKind) -> Signal {
        SignalClassifier.classify(
            kind: kind,
            laneIsReserved: isReserved,
            status: status,
            headers: headers,
            body: JSONErrorScanner.scan(Array(body.utf8).span),
            phase: phase,
            nowSeconds: 784_111_777,
            contractedTokensPerMinute: contracted
        )
    }
}

@Suite("Signals: every provider")
struct SignalClassifierTests {
    @Test("2xx is success", arguments: ProviderKind.allCases, [200, 201, 204])
    func success(kind: ProviderKind, status: Int) {
        let row = SignalRow(name: "", status: status, body: "", expected: .success, code: .none)
        let signal = row.classify(kind)
        #expect(signal.signalClass == .success)
        #expect(signal.vendorCode == .none)
        #expect(signal.retryAfterMilliseconds == nil)
    }

    static let statuses: [(Int, SignalClass)] = [
        (301, .outage), (400, .request), (401, .auth), (402, .billing), (403, .auth), (404, .request), (405, .request),
        (408, .outage), (409, .request), (413, .request), (415, .request), (422, .request), (424, .outage),
        (429, .ownQuota), (499, .ours), (500, .outage), (502, .outage), (503, .outage), (504, .outage), (529, .outage),
    ]

    @Test("a status alone never lacks capacity, whoever sent it", arguments: ProviderKind.allCases, statuses)
    func bareStatuses(kind: ProviderKind, row: (status: Int, expected: SignalClass)) {
        let id: Headers = ["x-request-id": "a", "apim-request-id": "b", "x-amzn-requestid": "c"]
        for headers in [[:], id] as [Headers] {
            for body in [
                "", "<html>Service Unavailable</html>", "{}", "{\"error\":{}}", "{\"error\":{\"message\":\"no\"}}",
            ] {
                let answer = SignalRow(
                    name: "",
                    status: row.status,
                    body: body,
                    expected: row.expected,
                    code: .none,
                    headers: headers
                )
                let signal = answer.classify(kind)
                #expect(signal.signalClass == row.expected, "\(body)")
                #expect(signal.hasProviderRequestID == (headers.first(name: "x-request-id") != nil))
            }
        }
    }

    @Test("what ends an attempt on our side, or on the way, is never capacity", arguments: LocalCause.allCases)
    func localCauses(cause: LocalCause) {
        let signal = Signal(cause)
        switch cause {
        case .connectFailed, .nameNotResolved, .tlsFailed, .connectionLost, .malformedResponse:
            #expect(signal.signalClass == .outage)
        case .limiter, .budget, .queueFull, .circuitOpen, .timeout, .clientGone:
            #expect(signal.signalClass == .ours)
        }
        #expect(signal.vendorCode.rawValue >= 900)
        #expect(signal.status == 0)
    }

    @Test("an error in a stream is classified by its names, with the head's 200 kept")
    func inStream() {
        var row = SignalRow(
            name: "",
            status: 200,
            body: #"{"error":{"code":"server_error","message":"x"}}"#,
            expected: .outage,
            code: .serverError
        )
        row.phase = .inStream
        let signal = row.classify(.openai)
        #expect(signal.signalClass == .outage)
        #expect(signal.status == 200)
        #expect(signal.isInStream)
        row.body = "{\"error\":\"broken\"}"
        #expect(row.classify(.openai).signalClass == .outage)
        row.body = #"{"error":{"code":429}}"#
        #expect(row.classify(.compatible).signalClass == .ownQuota)
        row.body = #"{"error":{"code":400,"type":"BadRequestError"}}"#
        #expect(row.classify(.compatible).signalClass == .request)
        #expect(row.classify(.compatible).vendorCode == .unlisted)
    }

    @Test("the signal keeps the wait and the fingerprint, not the words")
    func evidence() {
        var row = SignalRow(
            name: "",
            status: 429,
            body: #"{"error":{"code":"429","message":"Try again in 2 seconds"}}"#,
            expected: .ownQuota,
            code: .azureRateLimit
        )
        row.headers = ["apim-request-id": "a", "retry-after-ms": "1500", "retry-after": "2"]
        let signal = row.classify(.azureV1)
        #expect(signal.retryAfterMilliseconds == 1_500)
        #expect(signal.hasProviderRequestID)
        #expect(signal.messageFingerprint != 0)
        row.body = #"{"error":{"code":"429","message":"Try again in 47 seconds"}}"#
        #expect(row.classify(.azureV1).messageFingerprint == signal.messageFingerprint)
    }

    @Test("raw values that the ledger holds do not move")
    func rawValues() {
        #expect(SignalClass.allCases.map(\.rawValue) == Array(0...10))
        #expect(SignalClass.noCapacity.rawValue == 2)
        #expect(SignalClass.ours.rawValue == 10)
        #expect(VendorCode.serverOverloaded.rawValue == 102)
        #expect(VendorCode.azureNoCapacity.rawValue == 205)
        #expect(VendorCode.bedrockServiceUnavailable.rawValue == 301)
        #expect(VendorCode.clientGone.rawValue == 910)
    }
}
