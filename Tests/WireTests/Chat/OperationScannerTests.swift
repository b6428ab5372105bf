// SPDX-License-Identifier: Apache-2.0

import Testing
import Wire

@Suite("Operations besides chat: the request scanner")
struct OperationScannerTests {
    @Test("a response with everything that the gateway acts on is read")
    func response() throws {
        let body =
            #"{"model":"gpt-5","instructions":"Be brief.","input":[{"role":"user","content":"Hello"},"#
            + #"{"type":"message","role":"user","content":[{"type":"input_text","#
            + #""text":"abc"},{"type":"input_image"}]},"#
            + #"{"type":"function_call","name":"f","arguments":"{}"},"#
            + #"{"type":"function_call_output","output":"out"}],"#
            + #""stream":true,"store":false,"max_output_tokens":40,"tools":[{"type":"function","name":"f"}],"#
            + #""reasoning":{"effort":"low"},"text":{"verbosity":"low","format":{"type":"json_schema","schema":{}}},"#
            + #""include":["message.output_text.logprobs"],"parallel_tool_calls":true}"#
        let scan = try self.scan(body, .responses)
        #expect(scan.model == "gpt-5")
        #expect(scan.isStreaming)
        #expect(scan.outputTokensMax == 40)
        #expect(scan.promptBytes == 9 + 5 + 3 + 2 + 3)
        #expect(scan.messageCount == 4)
        #expect(scan.features == [.tools, .parallelTools, .jsonSchema, .vision, .logprobs, .reasoning, .streaming])
        #expect(!scan.isStateful)
        #expect(scan.boundState == [])
        #expect(scan.references == [])
    }

    @Test(
        "a response is kept at the provider unless the request says otherwise",
        arguments: [
            ("", true), (#","store":true"#, true), (#","store":null"#, true), (#","store":false"#, false),
            (#","store":false,"previous_response_id":"resp_1""#, true),
        ])
    func store(members: String, isStateful: Bool) throws {
        #expect(try scan(#"{"model":"m","input":"x"\#(members)}"#, .responses).isStateful == isStateful)
    }

    @Test(
        "P16: whatever a request builds on at one provider is seen",
        arguments: [
            (#""previous_response_id":"resp_1""#, .previousResponse, ["resp_1"]),
            (#""previous_response_id":null"#, [], []), (#""conversation":"conv_1""#, .conversation, []),
            (#""conversation":{"id":"conv_1"}"#, .conversation, []), (#""prompt":{"id":"pmpt_1"}"#, .storedPrompt, []),
            (#""input":[{"type":"item_reference","id":"msg_1"}]"#, .storedItems, ["msg_1"]),
            (#""input":[{"id":"msg_1"}]"#, .storedItems, ["msg_1"]),
            (#""input":[{"id":"msg_1","type":"message","content":"x"}]"#, [], []),
            (#""input":[{"id":"msg_1","role":"assistant","content":"x"}]"#, [], []),
            (#""input":[{"type":"reasoning","id":"rs_1","summary":[]}]"#, .storedItems, ["rs_1"]),
            (
                #""input":[{"type":"reasoning","id":"rs_1","summary":[],"#
                    + #""encrypted_content":"gAA"}]"#, .encryptedItems,
                ["gAA", "rs_1"]
            ),
            (#""input":[{"type":"compaction","encrypted_content":"gAA"}]"#, .encryptedItems, ["gAA"]),
            (#""input":[{"type":"reasoning","summary":[],"encrypted_content":null}]"#, [], []),
            (#""input":[{"role":"user","content":[{"type":"input_file","file_id":"file-1"}]}]"#, .files, []),
            (#""input":[{"role":"user","content":[{"type":"input_file","file_data":"x"}]}]"#, [], []),
            (#""input":[{"type":"computer_call_output","output":{"file_id":"file-1"}}]"#, .files, []),
            (#""input":[{"type":"code_interpreter_call","container_id":"cntr_1"}]"#, .files, []),
            (#""tools":[{"type":"file_search","vector_store_ids":["vs_1"]}]"#, .files, []),
            (#""tools":[{"type":"file_search","vector_store_ids":[]}]"#, [], []),
            (#""tools":[{"type":"code_interpreter","container":"cntr_1"}]"#, .files, []),
            (#""tools":[{"type":"code_interpreter","container":{"type":"auto"}}]"#, [], []),
            (#""tools":[{"type":"code_interpreter","container":{"file_ids":["file-1"]}}]"#, .files, []),
            (#""metadata":{"previous_response_id":"resp_1","file_id":"x"}"#, [], []),
        ] as [(String, BoundState, [String])])
    func boundState(members: String, expected: BoundState, references: [String]) throws {
        let body = #"{"model":"m","store":false,\#(members)}"#
        let scan = try self.scan(body, .responses)
        #expect(scan.boundState == expected)
        #expect(scan.isStateful == !expected.isEmpty)
        let bytes = Array(body.utf8)
        #expect(scan.references.map { String(decoding: bytes[$0.range], as: UTF8.self) } == references)
    }

    @Test("P16: a chat that names a file or what the model said before builds on it")
    func chatState() throws {
        let file = #"{"model":"m","messages":[{"content":[{"type":"file","file":{"file_id":"file-1"}}]}]}"#
        #expect(try scan(file, .chat).boundState == .files)
        let sound = #"{"model":"m","messages":[{"role":"assistant","audio":{"id":"audio_1"}}]}"#
        #expect(try scan(sound, .chat).boundState == .storedItems)
        #expect(try scan(#"{"model":"m","messages":[],"audio":{"voice":"x"}}"#, .chat).boundState == [])
    }

    @Test(
        "each prompt of a completion is one to answer; tokens in one list are one prompt",
        arguments: [
            (#""abcd""#, 1), (#"["ab","cd","ef"]"#, 3), ("[1,2,3]", 1), ("[[1,2],[3]]", 2), ("[]", 1),
            (#"["a",1,2]"#, 2),
        ])
    func prompts(value: String, count: Int) throws {
        #expect(try scan(#"{"model":"m","prompt":\#(value)}"#, .completions).promptCount == count)
    }

    @Test("of very many references the last are kept")
    func references() throws {
        let items = (0..<200).map { #"{"type":"reasoning","encrypted_content":"c\#($0)"}"# }.joined(separator: ",")
        let body = #"{"model":"m","input":[\#(items)]}"#
        let scan = try self.scan(body, .responses)
        #expect(scan.references.count == RequestScan.referencesMax)
        let last = try #require(scan.references.last)
        #expect(String(decoding: Array(body.utf8)[last.range], as: UTF8.self) == "c199")
    }

    @Test(
        "texts and tokens that are to be embedded or completed are counted",
        arguments: [
            (#""abcd""#, 4, 0), (#"["ab","cd\n"]"#, 5, 2), ("[1,2,3]", 12, 3), ("[[1,2],[3]]", 12, 2), ("[]", 0, 0),
            (#"{"x":1}"#, 0, 0), ("7", 4, 0),
        ])
    func texts(value: String, promptBytes: Int, count: Int) throws {
        for (operation, key) in [(APIOperation.embeddings, "input"), (.completions, "prompt")] {
            let scan = try self.scan(#"{"model":"m","\#(key)":\#(value)}"#, operation)
            #expect(scan.promptBytes == promptBytes)
            #expect(scan.messageCount == count)
            #expect(!scan.isStateful)
            #expect(scan.operation == operation)
        }
    }

    @Test(
        "what is wrong is refused with the member's name",
        arguments: [
            (.responses, #"{"input":"x"}"#, "model"), (.responses, #"{"model":"m","model":"m"}"#, "model"),
            (.responses, #"{"model":"m","input":"x","input":"y"}"#, "input"),
            (
                .responses,
                #"{"model":"m","previous_response_id":"a","#
                    + #""previous_response_i\u0064":"b"}"#, "previous_response_id"
            ),
            (.responses, #"{"model":"m","background":true}"#, "background"),
            (
                .responses,
                #"{"model":"m","#
                    + #""stream":"yes"}"#, "stream"
            ), (.responses, #"{"model":"m","tools":{}}"#, "tools"),
            (.responses, #"{"model":"m","text":{"format":{},"format":{}}}"#, "text.format"),
            (
                .responses,
                #"{"model":"m","text":{"format":{"type":"text","#
                    + #""type":"json_schema"}}}"#, "text.format.type"
            ),
            (.responses, #"{"model":"m","max_output_tokens":-1}"#, "max_output_tokens"),
            (.embeddings, #"{"model":"m"}"#, "input"),
            (
                .embeddings,
                #"{"model":"m","input":"a","#
                    + #""input":"b"}"#, "input"
            ),
            (.completions, #"{"model":"m","stream_options":7}"#, "stream_options"),
            (.completions, #"{"model":"m","prompt":"a","prompt":"b"}"#, "prompt"),
        ] as [(APIOperation, String, String)])
    func wrong(operation: APIOperation, body: String, param: String) throws {
        let problem = #expect(throws: RequestProblem.self) { try scan(body, operation) }
        #expect(problem?.code == .invalidMember)
        #expect(problem?.param == param)
        #expect(problem?.message.isEmpty == false)
    }

    @Test("a body that is nested too deep is refused, in what is read as in what is not")
    func depth() {
        let deep = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
        for key in ["input", "tools", "other"] {
            let problem = #expect(throws: RequestProblem.self) {
                try scan(#"{"model":"m","\#(key)":\#(deep)}"#, .responses)
            }
            #expect(problem?.cause.code == .tooDeep)
        }
    }

    @Test("members of another operation are nobody's business but the provider's")
    func otherMembers() throws {
        let body = #"{"model":"m","input":"x","stream":true,"stream":true,"messages":7,"store":7,"background":true}"#
        let scan = try self.scan(body, .embeddings)
        #expect(!scan.isStreaming)
        #expect(!scan.isStateful)
        #expect(scan.features == [])
    }

    @Test("a body cut anywhere is refused and never read as another")
    func everyCut() throws {
        let body = Array(
            (#"{"model":"m","input":[{"type":"reasoning","id":"r","encrypted_content":"x"},"#
                + #"{"content":[{"file_id":"f"}]}],"#
                + #""tools":[{"container":{"file_ids":["f"]}}],"#
                + #""text":{"format":{"type":"json_schema"}},"store":false}"#)
                .utf8)
        for count in body.indices {
            let cut = Array(body[..<count])
            #expect(throws: RequestProblem.self) { try RequestScanner.scan(cut.span, as: .responses) }
        }
    }

    @Test(
        "only the model changes, and the usage of a stream only where the operation has the option",
        arguments: [
            (.responses, #"{"model":"a","stream":true,"input":"x"}"#, #"{"model":"up","stream":true,"input":"x"}"#),
            (
                .responses, #"{"model":"a","stream":true,"stream_options":{"include_obfuscation":false}}"#,
                #"{"model":"up","stream":true,"stream_options":{"include_obfuscation":false}}"#
            ),
            (.embeddings, #"{"input":["x"], "model" : "a"}"#, #"{"input":["x"], "model" : "up"}"#),
            (
                .completions, #"{"model":"a","prompt":"x","stream":true}"#,
                #"{"stream_options":{"include_usage":true},"model":"up","prompt":"x","stream":true}"#
            ),
            (.completions, #"{"model":"a","prompt":"x"}"#, #"{"model":"up","prompt":"x"}"#),
        ] as [(APIOperation, String, String)])
    func splice(operation: APIOperation, body: String, expected: String) throws {
        let bytes = Array(body.utf8)
        let splice = BodySplice(
            scan: try scan(body, operation), bodyBytes: bytes.count, model: Array(#""up""#.utf8))
        var out: [UInt8] = []
        for index in 0..<splice.count {
            switch splice[index] {
            case .original(let range): out += bytes[range]
            case .inserted(let inserted): out += inserted
            }
        }
        #expect(String(decoding: out, as: UTF8.self) == expected)
        #expect(splice.totalBytes == out.count)
    }

    private func scan(_ body: String, _ operation: APIOperation) throws(RequestProblem) -> RequestScan {
        try RequestScanner.scan(Array(body.utf8).span, as: operation)
    }
}
