// SPDX-License-Identifier: Apache-2.0

import CloudSimulator
import NIOCore
import NIOHTTP1
import NIOPosix

/// One connection to a simulated cloud, for tests.
struct RawClient {
    /// What came back, as far as it came.
    struct Answer {
        var status = 0
        var headers = HTTPHeaders()
        var body = ""
        /// Whether the answer came to its end.
        var isComplete = false

        /// The data of the stream's events.
        var events: [Substring] {
            body.split(separator: "\n\n").compactMap { $0.hasPrefix("data: ") ? $0.dropFirst(6) : nil }
        }
    }

    typealias Connection = NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>

    let server: CloudServer
    let group: any EventLoopGroup

    func connect() async throws -> Connection {
        try await ClientBootstrap(group: group).connect(host: server.host, port: server.port) { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHTTPClientHandlers()
                return try NIOAsyncChannel(wrappingChannelSynchronously: channel)
            }
        }
    }

    /// Sends one request on a new connection and reads the answer, or what comes of it before `leaveAfterEvents`.
    func send(
        _ method: HTTPMethod = .POST,
        _ path: String = "/v1/chat/completions",
        headers: [(String, String)] = [],
        body: String = "",
        leaveAfterEvents: Int? = nil
    ) async throws -> Answer {
        try await connect().executeThenClose { inbound, outbound in
            var answer = Answer()
            var responses = inbound.makeAsyncIterator()
            do {
                try await send(method, path, headers: headers, body: body, on: outbound)
            } catch ChannelError.ioOnClosedChannel {
                // The cloud closed before all was sent; what it answered can still be read.
            } catch is IOError {
                // The same, seen by the system first.
            }
            try await read(&responses, into: &answer, leaveAfterEvents: leaveAfterEvents)
            return answer
        }
    }

    func send(
        _ method: HTTPMethod,
        _ path: String,
        headers: [(String, String)],
        body: String,
        on outbound: NIOAsyncChannelOutboundWriter<HTTPClientRequestPart>
    ) async throws {
        var fields = HTTPHeaders(headers)
        fields.add(name: "host", value: "localhost")
        fields.add(name: "content-length", value: "\(body.utf8.count)")
        try await outbound.write(.head(HTTPRequestHead(version: .http1_1, method: method, uri: path, headers: fields)))
        try await outbound.write(.body(.byteBuffer(ByteBuffer(string: body))))
        try await outbound.write(.end(nil))
    }

    func read(
        _ responses: inout NIOAsyncChannelInboundStream<HTTPClientResponsePart>.AsyncIterator,
        into answer: inout Answer,
        leaveAfterEvents: Int? = nil
    ) async throws {
        do {
            while let part = try await responses.next(isolation: #isolation) {
                switch part {
                case .head(let head):
                    answer.status = Int(head.status.code)
                    answer.headers = head.headers
                case .body(let bytes):
                    answer.body += String(buffer: bytes)
                    if let leaveAfterEvents, answer.events.count >= leaveAfterEvents { return }
                case .end:
                    answer.isComplete = true
                    return
                }
            }
        } catch is HTTPParserError {
            // The connection closed inside an answer, or the answer was no HTTP: `isComplete` stays false.
        } catch is IOError {
            // The cloud closed while bytes were on their way to it.
        }
    }
}
