// SPDX-License-Identifier: Apache-2.0

/// What upstreams say to responses, embeddings and completions, as bytes of HTTP/1.1.
enum OperationText {
    /// A response that reports 9 input and 3 output tokens.
    static func response(id: String = "resp_1", encrypted: String? = nil) -> String {
        let reasoning = encrypted.map {
            #"{"id":"rs_\#(id)","type":"reasoning","summary":[],"encrypted_content":"\#($0)"},"#
        }
        return #"{"id":"\#(id)","object":"response","created_at":1,"status":"completed","error":null,"model":"up","#
            + #""output":[\#(reasoning ?? ""){"id":"msg_\#(id)","type":"message","role":"assistant","content":"#
            + #"[{"type":"output_text","text":"Good day.","annotations":[]}]}],"usage":\#(usage)}"#
    }

    static let usage =
        #"{"input_tokens":9,"input_tokens_details":{"cached_tokens":4},"output_tokens":3,"#
        + #""output_tokens_details":{"reasoning_tokens":2},"total_tokens":12}"#

    /// One event of a response.
    static func event(_ type: String, _ members: String) -> String {
        "event: \(type)\ndata: {\"type\":\"\(type)\",\(members)}\n\n"
    }

    static let created = event(
        "response.created", #""sequence_number":0,"response":{"id":"resp_s","status":"in_progress","usage":null}"#)
    static let item = event(
        "response.output_item.added",
        #""sequence_number":1,"output_index":0,"item":{"id":"msg_s","type":"message","content":[]}"#)
    static let delta = event(
        "response.output_text.delta", #""sequence_number":2,"item_id":"msg_s","output_index":0,"delta":"Good day.""#)
    static let completed = event(
        "response.completed", #""sequence_number":3,"response":{"id":"resp_s","status":"completed","usage":\#(usage)}"#)

    /// A stream of events that ends as it should.
    static func stream(_ events: String...) -> String {
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
            + events.map { UpstreamText.chunk($0) }.joined() + UpstreamText.streamEnd
    }

    static let embedding =
        #"{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.5,-0.25]}],"model":"up","#
        + #""usage":{"prompt_tokens":6,"total_tokens":6}}"#
    static let completion =
        #"{"id":"cmpl-1","object":"text_completion","created":1,"model":"up","choices":[{"index":0,"text":"Good day.","#
        + #""finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":5,"total_tokens":12}}"#

    static let responseBody = #"{"model":"gpt","store":false,"input":"Good day to you"}"#
    static let responseStreamBody = #"{"model":"gpt","store":false,"stream":true,"input":"Good day to you"}"#
}
