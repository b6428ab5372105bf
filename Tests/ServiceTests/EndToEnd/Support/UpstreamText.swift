// SPDX-License-Identifier: Apache-2.0

/// What upstreams say, as bytes of HTTP/1.1.
enum UpstreamText {
    /// The body of a completion that reports 7 prompt and 5 completion tokens.
    static let completion =
        #"{"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"up","choices":[{"index":0,"message":"#
        + #"{"role":"assistant","content":"Good day."},"finish_reason":"stop"}],"#
        + #""usage":{"prompt_tokens":7,"completion_tokens":5,"total_tokens":12}}"#

    /// Events of a stream, each whole.
    enum Event {
        static let role = chunk(#"{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}"#)
        static let finish = chunk(#"{"index":0,"delta":{},"finish_reason":"stop"}"#)
        static let usage =
            #"data: {"id":"c","object":"chat.completion.chunk","choices":[],"usage":{"prompt_tokens":7,"#
            + #""completion_tokens":5,"total_tokens":12}}"# + "\n\n"
        static let done = "data: [DONE]\n\n"
        static let ping = ": ping\n\n"

        static func content(_ text: String) -> String {
            chunk(#"{"index":0,"delta":{"content":"\#(text)"},"finish_reason":null}"#)
        }

        private static func chunk(_ choice: String) -> String {
            #"data: {"id":"c","object":"chat.completion.chunk","choices":[\#(choice)],"usage":null}"# + "\n\n"
        }
    }

    /// A whole answer.
    static func answer(_ status: Int = 200, _ body: String = completion, headers: [String] = []) -> String {
        (["HTTP/1.1 \(status) X", "content-type: application/json", "content-length: \(body.utf8.count)"] + headers)
            .joined(separator: "\r\n") + "\r\n\r\n" + body
    }

    /// The head of a chunked stream of events.
    static let streamHead =
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"

    /// The last chunk.
    static let streamEnd = "0\r\n\r\n"

    /// One chunk.
    static func chunk(_ text: String) -> String {
        "\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n"
    }

    /// A whole stream, one chunk an event.
    static func stream(_ events: [String]) -> String {
        streamHead + events.map { chunk($0) }.joined() + streamEnd
    }

    /// The events of a stream that goes well.
    static let goodEvents = [
        Event.role, Event.content("Good "), Event.content("day."), Event.finish, Event.usage, Event.done,
    ]
}
