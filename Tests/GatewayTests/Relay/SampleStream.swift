// SPDX-License-Identifier: Apache-2.0

import Testing

/// Streams as providers send them, with what a client that did not ask for usage gets.
struct SampleStream: CustomTestStringConvertible, Sendable {
    var name: String
    var text: String
    /// What goes out when the usage chunk is stripped.
    var stripped: String
    var isComplete = true
    var contentEvents: Int
    var completionTokens: Int?

    var testDescription: String { name }

    static func event(_ json: String) -> String { "data: \(json)\n\n" }

    static let role = event(
        #"{"id":"c","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"finish_reason":null}],"usage":null}"#
    )
    static let hello = event(
        #"{"id":"c","choices":[{"index":0,"delta":{"content":"Hällo \ud83d\ude00"},"finish_reason":null}],"usage":null}"#
    )
    static let tool = event(
        #"{"id":"c","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"a"}}]}}]}"#)
    static let finish = event(#"{"id":"c","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null}"#)
    static let usage = event(
        #"{"id":"c","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}}"#)
    static let finishWithUsage = event(
        #"{"id":"c","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":3}}"#
    )
    static let done = "data: [DONE]\n\n"
    static let comment = ": OPENROUTER PROCESSING\n\n"
    static let ping = "event: ping\ndata: {\"type\": \"ping\"}\n\n"
    static let filter = event(
        #"{"id":"","object":"","choices":[],"prompt_filter_results":[{"prompt_index":0,"content_filter_results":{}}]}"#)

    static let all: [SampleStream] = [
        SampleStream(
            name: "OpenAI", text: role + hello + hello + finish + usage + done,
            stripped: role + hello + hello + finish + done, contentEvents: 3, completionTokens: 3),
        SampleStream(
            name: "Azure with a prompt filter", text: filter + role + hello + finish + usage + done,
            stripped: filter + role + hello + finish + done, contentEvents: 2, completionTokens: 3),
        SampleStream(
            name: "comments and pings", text: comment + ping + role + comment + tool + finish + ping + usage + done,
            stripped: comment + ping + role + comment + tool + finish + ping + done, contentEvents: 2,
            completionTokens: 3),
        SampleStream(
            name: "usage with choices", text: role + hello + finishWithUsage + done,
            stripped: role + hello + finishWithUsage + done, contentEvents: 2, completionTokens: 3),
        SampleStream(
            name: "no [DONE]", text: role + hello + finish, stripped: role + hello + finish, contentEvents: 2,
            completionTokens: nil),
        SampleStream(
            name: "broken off", text: role + hello, stripped: role + hello, isComplete: false, contentEvents: 1,
            completionTokens: nil),
        SampleStream(
            name: "CRLF", text: crlf(comment + role + hello + finish + usage + done),
            stripped: crlf(comment + role + hello + finish + done), contentEvents: 2, completionTokens: 3),
        SampleStream(
            name: "data over two lines",
            text: role + "data: {\"choices\":[{\"delta\":\ndata: {\"content\":\"x\"}}]}\n\n" + finish + done,
            stripped: role + "data: {\"choices\":[{\"delta\":\ndata: {\"content\":\"x\"}}]}\n\n" + finish + done,
            contentEvents: 2, completionTokens: nil),
    ]

    private static func crlf(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
    }
}
