// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import Wire

@Suite("Chat: splicing the body")
struct BodySpliceTests {
    @Test(
        "only the model and the usage option change",
        arguments: [
            (#"{"model":"a","messages":[]}"#, #"{"model":"up","messages":[]}"#),
            (
                #"{"model":"a","messages":[],"stream":true}"#,
                #"{"stream_options":{"include_usage":true},"model":"up","messages":[],"stream":true}"#
            ),
            (
                #"{ "stream":true, "messages":[], "model" : "a" }"#,
                #"{"stream_options":{"include_usage":true}, "stream":true, "messages":[], "model" : "up" }"#
            ),
            (
                #"{"model":"a","messages":[],"stream":true,"stream_options":null}"#,
                #"{"model":"up","messages":[],"stream":true,"stream_options":{"include_usage":true}}"#
            ),
            (
                #"{"stream_options":{ },"model":"a","messages":[],"stream":true}"#,
                #"{"stream_options":{"include_usage":true },"model":"up","messages":[],"stream":true}"#
            ),
            (
                #"{"model":"a","messages":[],"stream":true,"stream_options":{"x":false}}"#,
                #"{"model":"up","messages":[],"stream":true,"stream_options":{"include_usage":true,"x":false}}"#
            ),
            (
                #"{"model":"a","messages":[],"stream":true,"stream_options":{"include_usage": false }}"#,
                #"{"model":"up","messages":[],"stream":true,"stream_options":{"include_usage": true }}"#
            ),
            (
                #"{"stream_options":{"include_usage":null},"model":"a","messages":[],"stream":true}"#,
                #"{"stream_options":{"include_usage":true},"model":"up","messages":[],"stream":true}"#
            ),
            (
                #"{"model":"a","messages":[],"stream":true,"stream_options":{"include_usage":true}}"#,
                #"{"model":"up","messages":[],"stream":true,"stream_options":{"include_usage":true}}"#
            ),
            (
                #"{"model":"a","messages":[],"stream":false,"stream_options":{"include_usage":false}}"#,
                #"{"model":"up","messages":[],"stream":false,"stream_options":{"include_usage":false}}"#
            ),
        ]
    )
    func examples(body: String, expected: String) throws {
        #expect(String(decoding: try spliced(Array(body.utf8), model: "up"), as: UTF8.self) == expected)
    }

    @Test("without a new name and without a stream the body is one piece, untouched")
    func untouched() throws {
        let body = Array(#"{"model":"a","messages":[],"x":1.0e+00}"#.utf8)
        let splice = BodySplice(scan: try RequestScanner.scan(body.span), bodyBytes: body.count, model: nil)
        #expect(splice.count == 1)
        #expect(splice[0] == .original(0..<body.count))
        #expect(splice.totalBytes == body.count)
    }

    @Test("a stream whose usage nobody wants is left alone")
    func withoutUsage() throws {
        let body = Array(#"{"model":"a","messages":[],"stream":true}"#.utf8)
        let scan = try RequestScanner.scan(body.span)
        #expect(BodySplice(scan: scan, bodyBytes: body.count, model: nil, addsUsage: false).count == 1)
    }

    @Test("a spliced body means the same but for the two changes", arguments: [3, 0xFACE] as [UInt64])
    func property(seed: UInt64) throws {
        print("seed: \(seed)")
        var random = SplitMix64(seed: seed)
        for _ in 0..<500 {
            let body = randomBody(using: &random)
            let result = try spliced(Array(body.utf8), model: "up\"stream")
            var expected = try #require(parse(Array(body.utf8)))
            expected["model"] = "up\"stream"
            if expected["stream"] as? Bool == true {
                var options = expected["stream_options"] as? [String: Any] ?? [:]
                options["include_usage"] = true
                expected["stream_options"] = options
            }
            let parsed = try #require(parse(result), "\(body)")
            #expect(try canonical(parsed) == canonical(expected), "\(body)")
        }
    }

    private func randomBody(using random: inout SplitMix64) -> String {
        var members = [
            #""model":"a\u0062""#, #""messages": [{"role":"user","content":"x, {\"model\":1} é"}]"#,
            #""temperature":0.30000000000000004"#, #""seed":12345678901234567"#, #""x":{"model":"z","stream":[1,{}]}"#,
        ]
        members.append(#""stream":\#(["true", "false", "null"].randomElement(using: &random) ?? "")"#)
        let options = [
            "null", "{}", "{ }", #"{"include_usage":false}"#, #"{"a":[1],"include_usage":null}"#, #"{"a":{}}"#,
        ]
        if let option = (options + [""]).randomElement(using: &random), !option.isEmpty {
            members.append(#""stream_options" : \#(option)"#)
        }
        return "{" + members.shuffled(using: &random).joined(separator: Bool.random(using: &random) ? "," : " ,\n ")
            + "}"
    }

    private func parse(_ bytes: [UInt8]) -> [String: Any]? {
        (try? JSONSerialization.jsonObject(with: Data(bytes))) as? [String: Any]
    }

    private func canonical(_ object: [String: Any]) throws -> String {
        String(decoding: try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys]), as: UTF8.self)
    }

    private func spliced(_ body: [UInt8], model: String) throws -> [UInt8] {
        let scan = try RequestScanner.scan(body.span)
        let splice = BodySplice(scan: scan, bodyBytes: body.count, model: JSONText.encode(model))
        var result: [UInt8] = []
        for index in 0..<splice.count {
            switch splice[index] {
            case .original(let range): result += body[range]
            case .inserted(let bytes): result += bytes
            }
        }
        #expect(result.count == splice.totalBytes)
        return result
    }
}
