// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOEmbedded
import NIOHTTP1

/// A message as read by llhttp, the reader that SwiftNIO and Node.js use.
struct OtherReading: Equatable {
    var method = ""
    var target = ""
    var status = 0
    var isHTTP10 = false
    var fields: [String] = []
    var body: [UInt8] = []
    var isWhole = false

    /// Reads a request that comes in one piece.
    static func request(_ bytes: [UInt8]) throws -> OtherReading {
        let channel = EmbeddedChannel(handler: ByteToMessageHandler(HTTPRequestDecoder()))
        defer { _ = try? channel.finish() }
        try channel.writeInbound(ByteBuffer(bytes: bytes))
        var reading = OtherReading()
        while !reading.isWhole, let part = try channel.readInbound(as: HTTPServerRequestPart.self) {
            switch part {
            case .head(let head):
                reading.method = head.method.rawValue
                reading.target = head.uri
                reading.isHTTP10 = head.version == .http1_0
                reading.fields = head.headers.map { $0.name + "=" + $0.value }
            case .body(let body): reading.body += body.readableBytesView
            case .end: reading.isWhole = true
            }
        }
        return reading
    }

    /// Reads the answer to a GET that comes in one piece.
    static func answer(_ bytes: [UInt8]) throws -> OtherReading {
        let decoder = HTTPResponseDecoder(informationalResponseStrategy: .forward)
        let channel = EmbeddedChannel(handler: ByteToMessageHandler(decoder))
        defer { _ = try? channel.finish() }
        let asking = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/")
        try channel.writeOutbound(HTTPClientRequestPart.head(asking))
        try channel.writeInbound(ByteBuffer(bytes: bytes))
        var reading = OtherReading()
        while !reading.isWhole, let part = try channel.readInbound(as: HTTPClientResponsePart.self) {
            switch part {
            case .head(let head):
                reading.status = Int(head.status.code)
                reading.isHTTP10 = head.version == .http1_0
                reading.fields = head.headers.map { $0.name + "=" + $0.value }
            case .body(let body): reading.body += body.readableBytesView
            case .end: reading.isWhole = true
            }
        }
        return reading
    }
}
