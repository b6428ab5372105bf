// SPDX-License-Identifier: Apache-2.0

/// The bytes that the upstream answers with.
///
/// An event with content carries the instant at which it was written as its text, which even a gateway that writes
/// events anew passes on.
struct StreamText {
    /// What stands before the instant in an event.
    static let mark: StaticString = "~t"
    /// How many digits the instant has.
    static let stampDigits = 19

    /// A whole answer of about 700 bytes.
    let answer: [UInt8]
    /// The head of a stream, and its first event, which has a role and no content.
    let beginning: [UInt8]
    /// The events behind the last one with content.
    let ending: [UInt8]
    let endingWithUsage: [UInt8]
    private let event: [UInt8]
    private let stampOffset: Int

    init() {
        let usage = #""usage":{"prompt_tokens":250,"completion_tokens":120,"total_tokens":370}"#
        let body =
            #"{"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"#
            + #""finish_reason":"stop","message":{"role":"assistant","content":""# + String(repeating: "x", count: 480)
            + #""}}],"# + usage + "}"
        answer = Array(
            ("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-request-id: r\r\ncontent-length: "
                + "\(body.utf8.count)\r\n\r\n" + body).utf8)
        let head =
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncache-control: no-cache\r\n"
            + "transfer-encoding: chunked\r\n\r\n"
        beginning = Array((head + Self.chunk(#"{"role":"assistant","content":""}"#, "null")).utf8)
        let stop = Self.chunk("{}", #""stop""#)
        let last = Self.frame("data: [DONE]\n\n") + "0\r\n\r\n"
        let usageEvent = Self.frame(
            "data: {\"id\":\"chatcmpl-end\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
                + "\"choices\":[],\(usage)}\n\n")
        ending = Array((stop + last).utf8)
        endingWithUsage = Array((stop + usageEvent + last).utf8)
        let stamp = "\(Self.mark)" + String(repeating: "0", count: Self.stampDigits)
        let text = Array(Self.chunk("{\"content\":\" \(stamp)\"}", "null").utf8)
        event = text
        stampOffset = unsafe text.withUnsafeBytes {
            (unsafe StreamOrder.find(Self.mark, in: $0) ?? 0) + Self.mark.utf8CodeUnitCount
        }
    }

    /// An event with content, written now.
    func event(at instant: Int64) -> [UInt8] {
        var bytes = event
        var left = instant
        for position in stride(from: stampOffset + Self.stampDigits - 1, through: stampOffset, by: -1) {
            bytes[position] = 0x30 + UInt8(left % 10)
            left /= 10
        }
        return bytes
    }

    private static func chunk(_ delta: String, _ reason: String) -> String {
        frame(
            "data: {\"id\":\"chatcmpl-0123456789\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
                + "\"choices\":[{\"index\":0,\"delta\":\(delta),\"logprobs\":null,\"finish_reason\":\(reason)}]}\n\n")
    }

    private static func frame(_ text: String) -> String {
        "\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n"
    }
}
