// SPDX-License-Identifier: Apache-2.0

import Testing
import Wire

@Suite("Chat: the error scanner")
struct JSONErrorScannerTests {
    @Test("the error bodies of the providers are read")
    func bodies() {
        let openai = scan(#"{"error":{"message":"Slow","type":"rate_limit_error","param":null,"code":"slow_down"}}"#)
        #expect(openai.hasErrorObject)
        #expect(openai.type == "rate_limit_error")
        #expect(openai.code == "slow_down")
        #expect(openai.message == "Slow")
        let azure = scan(
            #"{"error":{"code":"content_filter","innererror":{"code":"ResponsibleAIPolicyViolation","x":{}}}}"#
        )
        #expect(azure.innerCode == "ResponsibleAIPolicyViolation")
        #expect(azure.type == nil)
        let aws = scan(#"{"__type":"com.amazon#ThrottlingException","message":"Too many tokens"}"#)
        #expect(aws.awsType == "com.amazon#ThrottlingException")
        #expect(aws.message == "Too many tokens")
        #expect(!aws.hasErrorObject)
        let vllm = scan(#"{"object":"error","message":"m","type":"BadRequestError","code":400}"#)
        #expect(vllm.hasErrorObject)
        #expect(vllm.code == "400")
        #expect(vllm.message == "m")
        let nested = scan(#"{"message":"outer","code":"o","error":{"message":"inner"},"type":"late"}"#)
        #expect(nested.message == "inner")
        #expect(nested.code == nil)
        #expect(nested.type == nil)
    }

    @Test(
        "what is not JSON or is cut gives what can be read",
        arguments: ["", "<html>busy</html>", "[1]", "{\"error\":", "\u{0}"])
    func tolerance(body: String) {
        let error = scan(body)
        #expect(!error.hasErrorObject)
        #expect(error.message == nil)
        #expect((error.messageFingerprint == 0) == body.isEmpty)
    }

    @Test("codes and messages are cut at their limits, and bytes beyond the limit of the body are not read")
    func limits() {
        let long = String(repeating: "é", count: 2_000)
        let error = scan(#"{"error":{"code":"\#(long)","message":"\#(long)"}}"#)
        #expect(error.code?.utf8.count == JSONErrorScan.codeBytesMax)
        #expect(error.message?.utf8.count == JSONErrorScan.messageBytesMax)
        let padding = String(repeating: " ", count: JSONErrorScan.bodyBytesMax)
        #expect(scan(#"{"error":{"code":"a",\#(padding)"message":"b"}}"#).message == nil)
        #expect(scan(#"{"error":{"code":"a",\#(padding)"message":"b"}}"#).code == "a")
    }

    @Test("messages that differ in numbers and letter case have one fingerprint")
    func fingerprints() {
        let first = scan(#"{"error":{"message":"Try again in 3 seconds."}}"#).messageFingerprint
        #expect(first == scan(#"{"error":{"message":"try again in 17 seconds."}}"#).messageFingerprint)
        #expect(first != scan(#"{"error":{"message":"try again in seconds."}}"#).messageFingerprint)
    }

    private func scan(_ body: String) -> JSONErrorScan {
        JSONErrorScanner.scan(Array(body.utf8).span)
    }
}
