// SPDX-License-Identifier: Apache-2.0

import Gateway
import NIOCore
import Wire

/// What became of a stream that was given to a relay in pieces.
struct RelayedStream: Equatable {
    var out = ""
    /// The message of the error that came before anything was visible.
    var failure: String?
    var isCommitted = false
    var isComplete = false
    var prompt: Int?
    var completion: Int?
    var contentEvents = 0
    var lateError: String?

    /// Gives the pieces to a new relay and ends the stream after the last.
    init(_ pieces: [[UInt8]], _ operation: APIOperation = .chat, stripsUsage: Bool = true) throws {
        var relay = StreamRelay(operation, stripsUsage: stripsUsage)
        var bytes: [UInt8] = []
        for piece in pieces where failure == nil {
            let step = try relay.take(ByteBuffer(bytes: piece))
            failure = step.failure?.message
            for buffer in step.forward { bytes += Array(buffer.readableBytesView) }
        }
        // The end alone shows nothing: whether a stream that showed nothing goes out is for its caller to say.
        isCommitted = relay.isCommitted
        if failure == nil {
            for buffer in relay.finish() { bytes += Array(buffer.readableBytesView) }
        }
        out = String(decoding: bytes, as: UTF8.self)
        isComplete = relay.isComplete
        prompt = relay.usage?.promptTokens
        completion = relay.usage?.completionTokens
        contentEvents = relay.contentEvents
        lateError = relay.lateError?.message
    }

    init(_ text: String, _ operation: APIOperation = .chat, stripsUsage: Bool = true) throws {
        try self.init([Array(text.utf8)], operation, stripsUsage: stripsUsage)
    }
}
