// SPDX-License-Identifier: Apache-2.0

import Providers
import Testing

@Suite("Signals: Amazon Bedrock")
struct BedrockSignalTests {
    /// A row of the table: status, the exception's name, and what it means.
    static let rows: [(status: Int, name: String, expected: SignalClass, code: VendorCode)] = [
        (429, "ThrottlingException", .ownQuota, .bedrockThrottling),
        (503, "ServiceUnavailableException", .noCapacity, .bedrockServiceUnavailable),
        (429, "ModelNotReadyException", .request, .bedrockModelNotReady),
        (400, "ServiceQuotaExceededException", .ownQuota, .bedrockServiceQuota),
        (408, "ModelTimeoutException", .outage, .bedrockModelTimeout),
        (424, "ModelErrorException", .outage, .bedrockModelError),
        (424, "ModelStreamErrorException", .outage, .bedrockModelError),
        (500, "InternalServerException", .outage, .bedrockInternal),
        (400, "ValidationException", .request, .bedrockValidation),
        (403, "AccessDeniedException", .auth, .bedrockAccessDenied),
        (404, "ResourceNotFoundException", .request, .bedrockNotFound),
        (503, "ThrottlingException", .ownQuota, .bedrockThrottling),
        (500, "ServiceUnavailableException", .outage, .unlisted),
        (503, "InternalServerException", .outage, .bedrockInternal),
    ]

    @Test("each exception is read so, in each place where its name can stand", arguments: rows)
    func table(row: (status: Int, name: String, expected: SignalClass, code: VendorCode)) {
        let id = ("x-amzn-requestid", "r")
        let lowercase = row.name.prefix(1).lowercased() + row.name.dropFirst()
        let answers: [(Headers, String)] = [
            ([id.0: id.1, "x-amzn-errortype": "\(row.name):http://internal.amazon.com/"], #"{"message":"m"}"#),
            ([id.0: id.1], #"{"__type":"com.amazonaws.bedrock#\#(row.name)","message":"m"}"#),
            ([:], #"{"__type":"\#(row.name)"}"#), ([id.0: id.1], #"{"error":{"code":"\#(lowercase)","message":"m"}}"#),
            ([:], #"{"error":{"type":"\#(row.name)","message":"m"}}"#),
        ]
        for (headers, body) in answers {
            let answer = SignalRow(
                name: "",
                status: row.status,
                body: body,
                expected: row.expected,
                code: row.code,
                headers: headers
            )
            let signal = answer.classify(.bedrockOpenAI)
            #expect(signal.signalClass == row.expected, "\(body)")
            if row.code != .unlisted { #expect(signal.vendorCode == row.code, "\(body)") }
        }
    }

    @Test(
        "the names mean the same inside a stream",
        arguments: [
            ("throttlingException", .ownQuota), ("serviceUnavailableException", .noCapacity),
            ("modelStreamErrorException", .outage),
            ("internalServerException", .outage), ("validationException", .request), ("modelTimeoutException", .outage),
        ] as [(String, SignalClass)]
    )
    func inStream(name: String, expected: SignalClass) {
        var row = SignalRow(
            name: "",
            status: 200,
            body: "{\"error\":{\"type\":\"\(name)\",\"message\":\"m\"}}",
            expected: expected,
            code: .none
        )
        row.phase = .inStream
        #expect(row.classify(.bedrockOpenAI).signalClass == expected)
    }

    @Test("the words for a shortage count only with Bedrock's request id")
    func words() {
        var row = SignalRow(
            name: "",
            status: 503,
            body: #"{"message":"Bedrock is unable to process your request."}"#,
            expected: .noCapacity,
            code: .bedrockServiceUnavailable
        )
        #expect(row.classify(.bedrockOpenAI).signalClass == .outage)
        row.headers = ["x-amzn-RequestId": "r"]
        #expect(row.classify(.bedrockOpenAI).signalClass == .noCapacity)
    }

    @Test(
        "whatever throttling says, it proves no shortage",
        arguments: [
            "Too many requests, please wait before trying again.", "Too many tokens, please wait before trying again.",
        ]
    )
    func throttling(message: String) {
        let row = SignalRow(
            name: "",
            status: 429,
            body: "{\"__type\":\"ThrottlingException\",\"message\":\"\(message)\"}",
            expected: .ownQuota,
            code: .bedrockThrottling,
            headers: ["x-amzn-requestid": "r"],
            isReserved: true
        )
        #expect(row.classify(.bedrockOpenAI).signalClass == .ownQuota)
    }

    @Test("OpenAI's overload is no word of Bedrock's")
    func overload() {
        let row = SignalRow(
            name: "",
            status: 503,
            body: #"{"error":{"code":"server_is_overloaded"}}"#,
            expected: .outage,
            code: .unlisted,
            headers: ["x-amzn-requestid": "r"]
        )
        #expect(row.classify(.bedrockOpenAI).signalClass == .outage)
    }
}
