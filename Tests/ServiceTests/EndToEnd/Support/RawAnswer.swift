// SPDX-License-Identifier: Apache-2.0

import Foundation
import NIOCore

/// One HTTP/1.1 answer, read from its bytes.
struct RawAnswer: Sendable, Equatable {
    /// The bytes are not an answer.
    struct Malformed: Error {
        var text: String
    }

    var status = 0
    /// Names in lower case.
    var headers: [String: String] = [:]
    var body = ""
    /// Whether a chunked body or one with a length came to its end.
    var isWhole = true

    subscript(name: String) -> String? { headers[name] }

    /// `error.code` of the body, where it is an error in OpenAI's shape with all four members.
    var errorCode: String? { error?["code"] as? String }

    /// `error.message` of the body.
    var errorMessage: String { error?["message"] as? String ?? "" }

    private var error: [String: Any]? {
        let object = try? JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]
        guard let error = object?["error"] as? [String: Any], error.count >= 2 else { return nil }
        return error
    }

    /// Reads an answer; `nil` while it is not whole and more may come.
    static func read(_ bytes: ByteBufferView, isClosed: Bool, isHead: Bool) throws -> (RawAnswer, Int)? {
        let all = Array(bytes)
        guard let headEnd = find([13, 10, 13, 10], in: all, from: 0) else {
            guard isClosed, !all.isEmpty else { return nil }
            throw Malformed(text: String(decoding: all, as: UTF8.self))
        }
        var answer = RawAnswer()
        let lines = String(decoding: all[..<headEnd], as: UTF8.self).components(separatedBy: "\r\n")
        let words = lines[0].split(separator: " ", maxSplits: 2)
        guard words.count >= 2, words[0] == "HTTP/1.1", let status = Int(words[1]) else {
            throw Malformed(text: lines[0])
        }
        answer.status = status
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { throw Malformed(text: line) }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            answer.headers[line[..<colon].lowercased()] = value
        }
        let start = headEnd + 4
        if isHead || status < 200 || status == 204 { return (answer, start) }
        if let length = answer["content-length"].flatMap({ Int($0) }) {
            guard all.count >= start + length || isClosed else { return nil }
            let end = min(all.count, start + length)
            answer.body = String(decoding: all[start..<end], as: UTF8.self)
            answer.isWhole = end == start + length
            return (answer, end)
        }
        guard answer["transfer-encoding"] == "chunked" else {
            guard isClosed else { return nil }
            answer.body = String(decoding: all[start...], as: UTF8.self)
            return (answer, all.count)
        }
        return readChunks(all, from: start, isClosed: isClosed, into: answer)
    }

    private static func readChunks(
        _ all: [UInt8], from start: Int, isClosed: Bool, into partial: RawAnswer
    ) -> (RawAnswer, Int)? {
        var answer = partial
        var body: [UInt8] = []
        var position = start
        while let lineEnd = find([13, 10], in: all, from: position),
            let size = Int(String(decoding: all[position..<lineEnd], as: UTF8.self), radix: 16),
            all.count >= lineEnd + 4 + size
        {
            body += all[(lineEnd + 2)..<(lineEnd + 2 + size)]
            position = lineEnd + 4 + size
            if size == 0 {
                answer.body = String(decoding: body, as: UTF8.self)
                return (answer, position)
            }
        }
        guard isClosed else { return nil }
        answer.body = String(decoding: body, as: UTF8.self)
        answer.isWhole = false
        return (answer, all.count)
    }

    private static func find(_ pattern: [UInt8], in bytes: [UInt8], from: Int) -> Int? {
        guard bytes.count >= pattern.count else { return nil }
        var position = from
        while position <= bytes.count - pattern.count {
            if bytes[position] == pattern[0], bytes[position..<(position + pattern.count)].elementsEqual(pattern) {
                return position
            }
            position += 1
        }
        return nil
    }
}
