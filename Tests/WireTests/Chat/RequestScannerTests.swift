// SPDX-License-Identifier: Apache-2.0

import Testing
import Wire

@Suite("Chat: the request scanner")
struct RequestScannerTests {
    @Test("a plain request is read")
    func plain() throws {
        let body = #" { "model" : "gpt-5", "messages":[{"role":"user","content":"Hello"}] , "temperature":0.1 } "#
        let scan = try scan(body)
        #expect(scan.model == "gpt-5")
        #expect(slice(body, scan.modelValue) == "\"gpt-5\"")
        #expect(scan.stream == nil)
        #expect(!scan.isStreaming)
        #expect(scan.streamOptions == nil)
        #expect(scan.features == [])
        #expect(!scan.isStateful)
        #expect(scan.promptBytes == 5)
        #expect(scan.messageCount == 1)
        #expect(scan.outputTokensMax == nil)
        #expect(slice(body, scan.membersStart..<scan.membersStart + 8) == " \"model\"")
    }

    @Test("keys are compared after unescaping")
    func escapedKeys() throws {
        let body = #"{"mod\u0065l":"gp\u0074-5","m\u0065ssages":[],"\u0073tream":true}"#
        let scan = try scan(body)
        #expect(scan.model == "gpt-5")
        #expect(slice(body, scan.modelValue) == #""gp\u0074-5""#)
        #expect(scan.isStreaming)
    }

    @Test(
        "features are seen",
        arguments: [
            (#""tools":[{}]"#, .tools), (#""tools":[]"#, []), (#""tools":null"#, []), (#""functions":[{}]"#, .tools),
            (#""parallel_tool_calls":true"#, []),
            (#""tools":[{}],"parallel_tool_calls":true"#, [.tools, .parallelTools]),
            (#""parallel_tool_calls":true,"tools":[{}]"#, [.tools, .parallelTools]),
            (#""tools":[{}],"parallel_tool_calls":false"#, .tools),
            (#""tools":[{}],"parallel_tool_calls":null"#, .tools),
            (#""response_format":{"type":"json_schema","json_schema":{"type":"x"}}"#, .jsonSchema),
            (#""response_format":{"type":"json_object"}"#, []),
            (#""response_format":{"schema":{"type":"json_schema"}}"#, []),
            (#""response_format":{"type":"json\u005fschema"}"#, .jsonSchema), (#""modalities":["text"]"#, []),
            (#""modalities":["text","audio"]"#, .audioOut), (#""audio":{"voice":"x"}"#, .audioOut),
            (#""audio":null"#, []),
            (#""logprobs":true"#, .logprobs), (#""logprobs":false"#, []), (#""top_logprobs":3"#, .logprobs),
            (#""top_logprobs":0"#, []), (#""n":1"#, []), (#""n":2"#, .n), (#""n":null"#, []),
            (#""reasoning_effort":"low""#, .reasoning), (#""reasoning_effort":null"#, []),
            (#""reasoning":{"effort":"low"}"#, .reasoning), (#""stream":true"#, .streaming), (#""stream":false"#, []),
            (#""stream":null"#, []), (#""metadata":{"tools":[{}],"stream":true,"n":9}"#, []),
        ] as [(String, RequestFeatures)]
    )
    func features(members: String, expected: RequestFeatures) throws {
        #expect(try scan(#"{"model":"m","messages":[],\#(members)}"#).features == expected)
        #expect(try scan(#"{\#(members),"messages":[],"model":"m"}"#).features == expected)
    }

    @Test(
        "the parts of messages are seen, and their text is counted with its escapes resolved",
        arguments: [
            (#"[{"content":"abc"},{"content":"d\u00e9\n"}]"#, [], 7), (#"[{"role":"user"}]"#, [], 0),
            (#"[{"content":null}]"#, [], 0), (#"[{"content":[{"type":"text","text":"abcd"}]}]"#, [], 4),
            (#"[{"content":[{"type":"image_url","image_url":{"url":"data:x"}}]}]"#, .vision, 0),
            (#"[{"content":[{"type":"input_image"},{"text":"ab","type":"text"}]}]"#, .vision, 2),
            (#"[{"content":[{"type":"input_audio","input_audio":{}}]}]"#, .audioIn, 0),
            (#"[{"content":[{"t\u0079pe":"image\u005furl"}]}]"#, .vision, 0),
            (#"[{"content":[{"type":"text","type":"image_url","type":"text"}]}]"#, .vision, 0),
            (#"[1,"x",[],{"content":7},{"content":[1,"y",{"type":3,"text":4}]}]"#, [], 0),
            (#"[{"tool_calls":[{"type":"image_url"}],"content":"a"}]"#, [], 1),
        ] as [(String, RequestFeatures, Int)]
    )
    func messages(messages: String, features: RequestFeatures, promptBytes: Int) throws {
        let scan = try scan(#"{"model":"m","messages":\#(messages)}"#)
        #expect(scan.features == features)
        #expect(scan.promptBytes == promptBytes)
    }

    @Test(
        "stored state makes a request stateful",
        arguments: [
            (#""store":true"#, true), (#""store":false"#, false), (#""store":null"#, false), (#""store":"yes""#, true),
            (#""previous_response_id":"r""#, true), (#""previous_response_id":null"#, false),
            (#""conversation":"c""#, true), (#""conversation":{"id":"c"}"#, true), (#""conversation":null"#, false),
            (#""user":"u""#, false),
        ]
    )
    func stateful(member: String, expected: Bool) throws {
        #expect(try scan(#"{"model":"m","messages":[],\#(member)}"#).isStateful == expected)
    }

    @Test("limits on the answer are read")
    func limits() throws {
        let scan = try scan(#"{"model":"m","messages":[],"max_tokens":16,"max_completion_tokens":32,"n":3}"#)
        #expect(scan.maxTokens == 16)
        #expect(scan.maxCompletionTokens == 32)
        #expect(scan.outputTokensMax == 32)
        #expect(scan.n == 3)
    }

    @Test(
        "stream options are read",
        arguments: [
            (#"null"#, nil, true, true), (#"{}"#, nil, false, true), (#"{ }"#, nil, false, true),
            (#"{"include_usage":true}"#, true, false, false), (#"{"include_usage":false}"#, false, false, false),
            (#"{"include_usage":null}"#, nil, false, false), (#"{"include_obfuscation":false}"#, nil, false, false),
            (#"{"x":1,"include\u005fusage": true }"#, true, false, false),
        ] as [(String, Bool?, Bool, Bool)]
    )
    func streamOptions(value: String, includeUsage: Bool?, isNull: Bool, isEmpty: Bool) throws {
        let body = #"{"model":"m","messages":[],"stream_options": \#(value) }"#
        let options = try #require(try scan(body).streamOptions)
        #expect(slice(body, options.value) == value)
        #expect(options.includeUsage == includeUsage)
        #expect(options.isNull == isNull)
        #expect(options.isEmpty == isEmpty)
    }

    @Test(
        "what the gateway can't act on is refused, with the member at fault",
        arguments: [
            (#"{"messages":[]}"#, .missingKey, "model"), (#"{"model":null,"messages":[]}"#, .missingKey, "model"),
            (#"{"model":"","messages":[]}"#, .emptyString, "model"),
            (#"{"model":7,"messages":[]}"#, .notAString, "model"),
            (#"{"model":["m"],"messages":[]}"#, .notAString, "model"),
            (#"{"model":"\ud800","messages":[]}"#, .invalidUnicode, "model"),
            (#"{"model":"m"}"#, .missingKey, "messages"), (#"{"model":"m","messages":null}"#, .missingKey, "messages"),
            (#"{"model":"m","messages":{}}"#, .notAnArray, "messages"),
            (#"{"model":"m","messages":"x"}"#, .notAnArray, "messages"),
            (#"{"model":"a","messages":[],"model":"b"}"#, .duplicateKey, "model"),
            (#"{"model":"a","messages":[],"mod\u0065l":"b"}"#, .duplicateKey, "model"),
            (#"{"model":"a","messages":[],"messages":[]}"#, .duplicateKey, "messages"),
            (#"{"model":"a","messages":[],"stream":null,"stream":true}"#, .duplicateKey, "stream"),
            (#"{"model":"a","messages":[],"tools":[],"tools":[{}]}"#, .duplicateKey, "tools"),
            (#"{"model":"a","messages":[],"stream":"true"}"#, .notABoolean, "stream"),
            (#"{"model":"a","messages":[],"stream":1}"#, .notABoolean, "stream"),
            (#"{"model":"a","messages":[],"stream_options":true}"#, .notAnObject, "stream_options"),
            (
                #"{"model":"a","messages":[],"stream_options":{"include_usage":1}}"#, .notABoolean,
                "stream_options.include_usage"
            ),
            (
                #"{"model":"a","messages":[],"stream_options":{"include_usage":true,"include_usage":false}}"#,
                .duplicateKey,
                "stream_options.include_usage"
            ), (#"{"model":"a","messages":[],"max_tokens":"16"}"#, .notAnInteger, "max_tokens"),
            (#"{"model":"a","messages":[],"max_tokens":1.5}"#, .notAnInteger, "max_tokens"),
            (#"{"model":"a","messages":[],"max_tokens":-1}"#, .integerOutOfRange, "max_tokens"),
            (
                #"{"model":"a","messages":[],"max_completion_tokens":4294967296}"#, .integerOutOfRange,
                "max_completion_tokens"
            ),
            (#"{"model":"a","messages":[],"n":99999999999999999999}"#, .notAnInteger, "n"),
            (#"{"model":"a","messages":[],"response_format":"json"}"#, .notAnObject, "response_format"),
            (
                #"{"model":"a","messages":[],"response_format":{"type":"a","type":"b"}}"#, .duplicateKey,
                "response_format.type"
            ),
            (#"{"model":"a","messages":[],"modalities":"audio"}"#, .notAnArray, "modalities"),
            (#"[]"#, .notAnObject, nil), (#""model""#, .notAnObject, nil), (#"7"#, .notAnObject, nil),
            (#"[1"#, .unexpectedEnd, nil),
            (#""#, .unexpectedEnd, nil), (#"{"model":"a","messages":[]}x"#, .trailingBytes, nil),
            (#"{"model":"a","messages":[{"content":"\x"}]}"#, .invalidEscape, nil),
        ] as [(String, JSONError.Code, String?)]
    )
    func refuses(body: String, code: JSONError.Code, param: String?) {
        let problem = #expect(throws: RequestProblem.self) { try scan(body) }
        #expect(problem?.cause.code == code)
        #expect(problem?.param == param)
        let isMalformed = param == nil && code != .notAnObject
        #expect(problem?.code == (isMalformed ? .malformed : .invalidMember))
        if let param { #expect(problem?.message.contains("'\(param)'") == true) }
    }

    @Test("a model name has at most 256 bytes once unescaped")
    func modelLength() throws {
        let longest = String(repeating: "m", count: 256)
        #expect(try scan(#"{"model":"\#(longest)","messages":[]}"#).model == longest)
        #expect(try scan(#"{"model":"\u006d\#(longest.dropFirst())","messages":[]}"#).model == longest)
        let problem = #expect(throws: RequestProblem.self) { try scan(#"{"model":"\#(longest)m","messages":[]}"#) }
        #expect(problem?.cause.code == .stringTooLong)
    }

    @Test("no cut or flipped byte of a body crashes the scanner")
    func robustness() throws {
        let body =
            Array(
                #"{"model":"m\u00e9","messages":[{"content":[{"type":"text","text":"é\ud83c\udf00"}]}],"stream":true,"#
                    .utf8
            )
            + Array(
                #""stream_options":{"include_usage":null},"n":2,"max_tokens":7,"response_format":{"type":"x"}}"#.utf8)
        #expect(throws: Never.self) { try RequestScanner.scan(body.span) }
        for index in body.indices {
            #expect(throws: RequestProblem.self) { try RequestScanner.scan(body.span.extracting(first: index)) }
            for bit in 0..<8 {
                var flipped = body
                flipped[index] ^= 1 << UInt8(bit)
                let isWellFormed = (try? JSONCursor.validate(flipped.span)) != nil
                let isAccepted = (try? RequestScanner.scan(flipped.span)) != nil
                #expect(isWellFormed || !isAccepted)
            }
        }
    }

    static let members: [(name: String, operations: Set<APIOperation>)] = [
        ("model", [.chat, .responses, .embeddings, .completions]), ("messages", [.chat]),
        ("stream", [.chat, .responses, .completions]), ("stream_options", [.chat, .completions]),
        ("max_tokens", [.chat, .completions]), ("max_completion_tokens", [.chat]), ("n", [.chat, .completions]),
        ("store", [.chat, .responses]), ("previous_response_id", [.chat, .responses]),
        ("conversation", [.chat, .responses]), ("tools", [.chat, .responses]), ("functions", [.chat]),
        ("parallel_tool_calls", [.chat, .responses]), ("response_format", [.chat]),
        ("modalities", [.chat, .responses]),
        ("audio", [.chat, .responses]), ("logprobs", [.chat, .completions]), ("top_logprobs", [.chat, .responses]),
        ("reasoning_effort", [.chat]), ("reasoning", [.chat, .responses]), ("prompt_cache_key", [.chat, .responses]),
        ("safety_identifier", [.chat, .responses]), ("user", [.chat, .responses, .embeddings, .completions]),
        ("input", [.responses, .embeddings]), ("prompt", [.responses, .completions]), ("instructions", [.responses]),
        ("background", [.responses]), ("text", [.responses]), ("include", [.responses]),
        ("max_output_tokens", [.responses]), ("best_of", [.completions]), ("temperature", []), ("mode", []),
        ("m", []), ("", []), ("max_output_token5", []), ("previous_response_ie", []), ("conversatiom", []),
    ]

    @Test("a member that the operation acts on may be given once, any other again", arguments: members.indices)
    func repetition(index: Int) {
        let (name, operations) = Self.members[index]
        for operation in APIOperation.allCases {
            let body = Array(#"{"\#(name)":null,"\#(name)":null}"#.utf8)
            var cause: JSONError?
            do throws(RequestProblem) {
                _ = try RequestScanner.scan(body.span, as: operation)
            } catch {
                cause = error.cause
            }
            let isRepetition = cause?.code == .duplicateKey
            #expect(isRepetition == operations.contains(operation), "\(name) \(operation)")
            if isRepetition { #expect(cause?.field.rawValue == name) }
        }
    }

    private func scan(_ body: String) throws(RequestProblem) -> RequestScan {
        try RequestScanner.scan(Array(body.utf8).span)
    }

    private func slice(_ body: String, _ range: Range<Int>) -> String {
        String(decoding: Array(body.utf8)[range], as: UTF8.self)
    }
}
