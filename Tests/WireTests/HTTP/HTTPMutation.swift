// SPDX-License-Identifier: Apache-2.0

/// Damages messages where two readers of HTTP may come to differ.
enum HTTPMutation {
    static let requests = [
        "GET /v1/models HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /v1/x?y=1 HTTP/1.1\r\nHost: a:80\r\nContent-Length: 5\r\n\r\nhello",
        "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n00A\r\n0123456789\r\n0\r\n\r\n",
        "PUT /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\nhost: [::1]\r\n\r\n1;a=\"b;c\"\r\nx\r\n0;z\r\nX-Sum: 1\r\n\r\n",
        "\r\nGET http://u.example:81/x?y HTTP/1.1\r\nhost: a\r\nx:\t b\tc \r\nContent-Length: 00\r\n\r\n",
        "DELETE /x HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 3\r\n\r\nabcGET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nhost: a\r\nExpect: 100-continue\r\nauthorization: Bearer x\r\n\r\n",
    ]
    static let answers = [
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n",
        "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.0 404 \r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        "HTTP/1.1 204 No Content\r\nx-request-id: 1\r\n\r\nHTTP/1.1 200 OK\r\n",
        "HTTP/1.1 500 \u{e9}\r\nTransfer-Encoding: chunked\r\nVary: *\r\n\r\n1;a=b\r\nx\r\n0\r\nX-Sum: 1\r\n\r\n",
    ]

    private static let fragments = [
        "\r\n", "\n", "\r", " ", "\t", ":", ";", ",", "\u{0}", "0", "5", "-1", "+5", "_", "0x5", "\u{7f}", "\u{e9}",
        "\"",
        "Content-Length: 5\r\n", "Content-Length: 3\r\n", "Content-Length : 5\r\n", "content-length: 5, 5\r\n",
        "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: identity\r\n", "transfer-encoding: gzip, chunked\r\n",
        "Transfer_Encoding: chunked\r\n", "Host: b\r\n", " folded\r\n", "HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "chunked",
        "ffffffffffffffff", "7fffffff", "0\r\n\r\n", "X: y\r\n", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "#", "%00", "@",
    ]

    /// Applies one to three small changes.
    static func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
        for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
            let start = Int.random(in: 0..<bytes.count, using: &random)
            let end = min(bytes.count, start + Int.random(in: 0...8, using: &random))
            switch Int.random(in: 0...6, using: &random) {
            case 0: bytes[start] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.removeSubrange(start..<end)
            case 2: bytes.insert(contentsOf: bytes[start..<end], at: start)
            case 3: bytes[start] ^= 0x20
            case 4, 5:
                // Behind a line's end, where fields and chunks begin.
                let lines = bytes.indices.filter { bytes[$0] == 0x0A }
                let place = (lines.randomElement(using: &random) ?? start - 1) + 1
                bytes.insert(contentsOf: (fragments.randomElement(using: &random) ?? "").utf8, at: place)
            default: bytes.insert(contentsOf: (fragments.randomElement(using: &random) ?? "").utf8, at: start)
            }
        }
    }
}
