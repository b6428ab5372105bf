// SPDX-License-Identifier: Apache-2.0

/// The events of a response as OpenAI sends them.
enum SampleResponse {
    static func event(_ type: String, _ members: String) -> String {
        "event: \(type)\ndata: {\"type\":\"\(type)\",\(members)}\n\n"
    }

    static let created = event(
        "response.created",
        #""sequence_number":0,"response":{"id":"resp_1","object":"response","#
            + #""status":"in_progress","output":[],"usage":null}"#)
    static let inProgress = event(
        "response.in_progress",
        #""sequence_number":1,"response":{"id":"resp_1","#
            + #""status":"in_progress","usage":null}"#)
    static let item = event(
        "response.output_item.added",
        #""sequence_number":2,"output_index":0,"item":{"id":"msg_1","#
            + #""type":"message","role":"assistant","content":[]}"#)
    static let part = event(
        "response.content_part.added",
        #""sequence_number":3,"item_id":"msg_1","output_index":0,"#
            + #""part":{"type":"output_text","text":"","annotations":[]}"#)
    static let delta = event(
        "response.output_text.delta",
        #""sequence_number":4,"item_id":"msg_1","output_index":0,"delta":"Hällo \ud83d\ude00","obfuscation":"x7""#)
    static let textDone = event(
        "response.output_text.done", #""sequence_number":6,"item_id":"msg_1","output_index":0,"text":"Hällo""#)
    static let itemDone = event(
        "response.output_item.done",
        #""sequence_number":7,"output_index":0,"item":{"id":"msg_1","type":"message","content":[{"text":"Hällo"}]}"#)
    static let completed = event(
        "response.completed",
        #""sequence_number":8,"response":{"id":"resp_1","status":"completed","output":[],"usage":{"input_tokens":9,"#
            + #""output_tokens":3,"total_tokens":12}}"#)

    static let whole = created + inProgress + item + part + delta + delta + textDone + itemDone + completed

    static let failures = [
        event(
            "response.failed",
            #""response":{"id":"resp_1","error":{"code":"insufficient_quota","#
                + #""message":"no money"}}"#),
        event("error", #""code":"insufficient_quota","message":"no money","param":null,"sequence_number":2"#),
        "event: error\ndata: {\"error\":{\"type\":\"insufficient_quota\",\"message\":\"no money\"}}\n\n",
    ]
}
