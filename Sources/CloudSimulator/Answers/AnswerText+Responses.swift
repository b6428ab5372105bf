// SPDX-License-Identifier: Apache-2.0

internal import NIOCore

// Responses, in the shapes of OpenAI's published API description.
extension AnswerText {
    private var responseID: String { "resp_" + id }
    private var itemID: String { "msg_" + id }

    mutating func appendToResponse(_ event: ResponsePlan.Event, to buffer: inout ByteBuffer) {
        let place = #""item_id":"\#(itemID)","output_index":0,"content_index":0"#
        switch event {
        case .promptFilterResults, .usage:
            break
        case .role:
            let response = response(status: "in_progress", hasText: false)
            appendEvent("response.created", #""response":"# + response, to: &buffer)
            appendEvent("response.in_progress", #""response":"# + response, to: &buffer)
            let item = item(status: "in_progress", hasText: false)
            appendEvent("response.output_item.added", #""output_index":0,"item":"# + item, to: &buffer)
            appendEvent("response.content_part.added", place + #","part":"# + part(hasText: false), to: &buffer)
        case .content(let from, let tokens):
            var text = ByteBuffer()
            Self.appendTokens(from: from, tokens: tokens, to: &text)
            let delta = #","logprobs":[],"delta":"\#(String(buffer: text))""#
            appendEvent("response.output_text.delta", place + delta, to: &buffer)
        case .finishReason:
            let text = #","logprobs":[],"text":"\#(wholeText)""#
            appendEvent("response.output_text.done", place + text, to: &buffer)
            appendEvent("response.content_part.done", place + #","part":"# + part(hasText: true), to: &buffer)
            let item = item(status: "completed", hasText: true)
            appendEvent("response.output_item.done", #""output_index":0,"item":"# + item, to: &buffer)
        case .done:
            let isWhole = finishReason == "stop"
            appendEvent(
                isWhole ? "response.completed" : "response.incomplete",
                #""response":"# + response(status: isWhole ? "completed" : "incomplete", hasText: true), to: &buffer)
        case .error(let reason):
            let body = errorObject(reason)
            // The vendor's object without its closing brace, and what every event has.
            buffer.writeString(
                "event: error\ndata: " + body.dropLast() + #","type":"error","sequence_number":\#(sequenceNumber)}"#
                    + "\n\n")
            sequenceNumber += 1
        case .malformed:
            buffer.writeString("event: response.output_text.delta\n" + #"data: {"type":"respon"#)
            buffer.writeBytes([0xC3, 0x28, 0xFF])
            buffer.writeString("\n\n")
        }
    }

    func responseBody() -> ByteBuffer {
        ByteBuffer(string: response(status: finishReason == "stop" ? "completed" : "incomplete", hasText: true))
    }

    private mutating func appendEvent(_ type: String, _ members: String, to buffer: inout ByteBuffer) {
        buffer.writeString(
            "event: \(type)\n" + #"data: {"type":"\#(type)","sequence_number":\#(sequenceNumber),"#
                + #"\#(members)}"# + "\n\n")
        sequenceNumber += 1
    }

    private var wholeText: String {
        var text = ByteBuffer()
        Self.appendTokens(from: 0, tokens: served.completionTokens, to: &text)
        return String(buffer: text)
    }

    private func part(hasText: Bool) -> String {
        #"{"type":"output_text","annotations":[],"logprobs":[],"text":"\#(hasText ? wholeText : "")"}"#
    }

    private func item(status: String, hasText: Bool) -> String {
        #"{"id":"\#(itemID)","type":"message","status":"\#(status)","role":"assistant","content":"#
            + "[\(hasText ? part(hasText: true) : "")]}"
    }

    private func response(status: String, hasText: Bool) -> String {
        let item = item(status: status == "incomplete" ? status : "completed", hasText: true)
        let prompt = served.request.promptTokens
        let usage = served.completionTokensReported.map { completion in
            #"{"input_tokens":\#(prompt),"input_tokens_details":{"cache_write_tokens":0,"cached_tokens":0},"#
                + #""output_tokens":\#(completion),"output_tokens_details":{"reasoning_tokens":0},"#
                + #""total_tokens":\#(prompt + completion)}"#
        }
        let details = status == "incomplete" ? #"{"reason":"max_output_tokens"}"# : "null"
        return #"{"id":"\#(responseID)","object":"response","created_at":\#(created),"#
            + #""status":"\#(status)","error":null,"#
            + #""incomplete_details":\#(details),"instructions":null,"model":"\#(served.request.model)","#
            + #""output":[\#(hasText ? item : "")],"parallel_tool_calls":true,"previous_response_id":null,"#
            + #""metadata":{},"tool_choice":"auto","tools":[],"store":true,"#
            + #""usage":\#(hasText ? usage ?? "null" : "null")}"#
    }
}
