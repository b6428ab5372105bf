// SPDX-License-Identifier: Apache-2.0

import Foundation

/// One chat request over a socket of its own, sent by a thread that waits for the answer.
struct ChatCall: Sendable {
    /// How long silence is borne, in seconds.
    static let secondsMax = 60

    /// What came back.
    struct Answer: Sendable {
        /// The HTTP status; 0 where no head came.
        var status = 0
        /// The fields of the head, by their names in lower case.
        var headers: [String: String] = [:]
        var body = Data()
        /// Whether the answer came to its end.
        var isWhole = false

        /// The request's identifier.
        var decision: String? { headers["x-concordat-decision"] }
        var text: String { String(decoding: body, as: UTF8.self) }
    }

    var port: UInt16
    var key: String
    var body: String
    var path = "/v1/chat/completions"

    /// A chat request of a size in words.
    static func body(words: Int = 8, tokensMax: Int, isStream: Bool, model: String = "gpt-5") -> String {
        let content = Array(repeating: "word", count: words).joined(separator: " ")
        return #"{"model":"\#(model)","messages":[{"role":"user","content":"\#(content)"}],"max_tokens":\#(tokensMax)"#
            + (isStream ? #","stream":true}"# : "}")
    }

    /// Sends the request and reads the answer to its end, or to the end of the connection; `onHead` is called on the
    /// thread when the head is there.
    func send(onHead: @escaping @Sendable (Answer) -> Void = { _ in }) async -> Answer {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: exchange(onHead: onHead)) }
        }
    }

    private func exchange(onHead: (Answer) -> Void) -> Answer {
        var answer = Answer()
        guard let connection = SocketConnection(port: port, timeoutSeconds: Self.secondsMax) else { return answer }
        let head = """
            POST \(path) HTTP/1.1\r
            host: 127.0.0.1:\(port)\r
            authorization: Bearer \(key)\r
            content-type: application/json\r
            content-length: \(body.utf8.count)\r
            connection: close\r
            \r\n
            """
        guard connection.send(Array((head + body).utf8)) else { return answer }
        var received = Data()
        let blank = Data("\r\n\r\n".utf8)
        while let bytes = connection.receive(), !bytes.isEmpty {
            received.append(contentsOf: bytes)
            guard answer.status == 0, let end = received.range(of: blank) else { continue }
            answer.readHead(received[..<end.lowerBound])
            received = Data(received[end.upperBound...])
            onHead(answer)
        }
        guard answer.status != 0 else { return answer }
        answer.body = received
        if let length = answer.headers["content-length"] {
            answer.isWhole = Int(length) == received.count
        } else {
            answer.isWhole = received.suffix(5) == Data("0\r\n\r\n".utf8)
        }
        return answer
    }
}

extension ChatCall.Answer {
    fileprivate mutating func readHead(_ bytes: Data) {
        let lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n")
        let words = (lines.first ?? "").split(separator: " ")
        status = words.count > 1 ? Int(words[1]) ?? 0 : 0
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            headers[line[..<colon].lowercased()] = value
        }
    }
}
