// SPDX-License-Identifier: Apache-2.0

import Wire

/// A message as read through the codec, in whatever pieces it came.
struct MessageReading: Equatable {
    var method = ""
    var target = ""
    var status = 0
    var isHTTP10 = false
    var keepsAlive = true
    var fields: [String] = []
    var body: [UInt8] = []
    var isWhole = false
    /// Bytes behind the message.
    var rest: [UInt8] = []

    /// Reads a message that comes in pieces, as a connection would.
    static func read(_ pieces: [[UInt8]], _ side: HTTPHeadReader.Side = .requests) throws(HTTPError) -> MessageReading {
        var reading = MessageReading()
        var received: [UInt8] = []
        var headReader = HTTPHeadReader(side)
        var bodyReader: HTTPBodyReader?
        for piece in pieces {
            received += piece
            if bodyReader == nil, try headReader.read(received.span) {
                let head = headReader.head
                reading.take(head, in: received)
                received.removeFirst(head.byteCount)
                headReader.reset()
                bodyReader = HTTPBodyReader(side == .requests ? head.requestFraming : head.answerFraming())
            }
            var offset = 0
            steps: while let step = try bodyReader?.next(in: received.span, from: offset) {
                switch step {
                case .data(let range):
                    reading.body += received[range]
                    offset = range.upperBound
                case .more(let done):
                    received.removeFirst(done)
                    break steps
                case .end(let next):
                    reading.isWhole = true
                    received.removeFirst(next)
                    break steps
                }
            }
        }
        reading.rest = received
        return reading
    }

    private mutating func take(_ head: HTTPHead, in bytes: [UInt8]) {
        func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        method = text(head.methodRange)
        target = text(head.targetRange)
        status = head.status
        isHTTP10 = head.isHTTP10
        keepsAlive = head.keepsAlive
        fields = head.fields.map { text($0.nameRange) + "=" + text($0.valueRange) }
    }
}
