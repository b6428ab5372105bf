// SPDX-License-Identifier: Apache-2.0

import Glibc
import NIOCore
import NIOPosix
import Testing

@testable import Gateway

@Suite("What goes out to a connection")
struct SocketWriterTests {
    /// Has a connection's writer, as the handlers of connections do.
    private final class Writing: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private(set) var context: ChannelHandlerContext?
        var output = SocketWriter()

        func handlerAdded(context: ChannelHandlerContext) {
            self.context = context
            output.open(context.channel)
        }

        func handlerRemoved(context: ChannelHandlerContext) {
            self.context = nil
        }
    }

    /// A channel on one end of a pair of sockets whose buffers are small, and the other end.
    private func pair() async throws -> (channel: any Channel, peer: CInt) {
        var ends: [CInt] = [0, 0]
        try #require(unsafe socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &ends) == 0)
        var bytes: CInt = 8_192
        unsafe setsockopt(ends[0], SOL_SOCKET, SO_SNDBUF, &bytes, socklen_t(MemoryLayout<CInt>.size))
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Writing())
                }
            }
            .withConnectedSocket(ends[0]).get()
        return (channel, ends[1])
    }

    /// Calls the body on the channel's event loop, with its writer.
    private func on(
        _ channel: any Channel, _ body: @escaping @Sendable (inout SocketWriter, ChannelHandlerContext) -> Void
    ) async throws {
        try await channel.eventLoop.submit {
            let writing = try channel.pipeline.syncOperations.handler(type: Writing.self)
            if let context = writing.context { body(&writing.output, context) }
        }.get()
    }

    /// Reads until the other end is closed, slowly.
    private func readAll(_ peer: CInt) async -> [UInt8] {
        var all: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 5_000)
        while true {
            let count = unsafe recv(peer, &piece, piece.count, CInt(MSG_DONTWAIT))
            if count > 0 {
                all += piece[..<count]
            } else if count == 0 {
                return all
            } else {
                try? await Task.sleep(for: .milliseconds(1))
            }
        }
    }

    @Test("arrives whole and in order, whatever the socket takes at once")
    func order() async throws {
        let (channel, peer) = try await pair()
        defer { Glibc.close(peer) }
        let pieces = (0..<400).map { index in
            // Some are more than the socket can take at once.
            [UInt8](repeating: UInt8(index & 0xFF), count: index % 11 == 0 ? 40_000 : 1 + index * 37 % 1_500)
        }
        async let received = readAll(peer)
        for (index, piece) in pieces.enumerated() {
            try await on(channel) { output, context in
                if index % 5 == 3 {
                    context.write(NIOAny(output.queue(ByteBuffer(bytes: piece))), promise: nil)
                    if index % 2 == 0 { context.flush() }
                } else if let rest = output.send(ByteBuffer(bytes: piece), past: context) {
                    context.writeAndFlush(NIOAny(rest), promise: nil)
                }
            }
            // Now and then everything has gone out before the next piece comes.
            if index % 50 == 49 { try await Task.sleep(for: .milliseconds(50)) }
        }
        channel.flush()
        try await channel.close(mode: .output).get()
        #expect(await received == pieces.flatMap(\.self))
        try await channel.close()
    }

    @Test("is left with the channel where the other end is gone, which ends the connection")
    func brokenSocket() async throws {
        let (channel, peer) = try await pair()
        Glibc.close(peer)
        for _ in 0..<3 {
            try? await on(channel) { output, context in
                guard let rest = output.send(ByteBuffer(string: "lost"), past: context) else { return }
                context.writeAndFlush(NIOAny(rest), promise: nil)
            }
        }
        try await channel.closeFuture.get()
    }

    @Test("goes to no socket once the connection is closed")
    func closed() async throws {
        let (channel, peer) = try await pair()
        defer { Glibc.close(peer) }
        try await on(channel) { output, context in
            output.close()
            context.close(promise: nil)
            #expect(output.send(ByteBuffer(string: "too late"), past: context) != nil)
        }
        #expect(await readAll(peer).isEmpty)
    }
}
