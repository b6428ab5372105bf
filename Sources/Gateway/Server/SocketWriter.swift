// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import NIOCore

/// The way out of one connection: what its socket takes at once is written there and then, what is left over goes through
/// the channel's queue.
///
/// A channel's queue, its promises and its pipeline are for what can't go out yet, and cost about as much processor time
/// as reading a request does; most answers, requests and events fit into a socket that has room.
struct SocketWriter {
    /// The socket; `nil` where something stands before it, such as TLS, and where it may be closed.
    private var socket: CInt?
    /// Whether the channel may hold bytes that have to go first.
    private var isQueued = false

    /// Finds the socket of a channel that is open and whose only handler this is.
    mutating func open(_ channel: any Channel) {
        socket =
            try? channel.pipeline.syncOperations.withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self) { $0 }
    }

    /// Forgets the socket: its number may soon be another's.
    mutating func close() {
        socket = nil
    }

    /// Lets bytes go out after everything that was queued.
    mutating func send(_ bytes: ByteBuffer, through context: ChannelHandlerContext) {
        guard let socket, !hasQueued(context) else { return queueAndFlush(bytes, in: context) }
        let sent = unsafe bytes.withUnsafeReadableBytes { memory in
            unsafe Glibc.send(socket, memory.baseAddress, memory.count, CInt(MSG_DONTWAIT | MSG_NOSIGNAL))
        }
        guard sent < bytes.readableBytes else { return }
        // A socket without room is waited for by the channel, and one that is broken is closed when the channel finds
        // it so.
        var rest = bytes
        rest.moveReaderIndex(forwardBy: max(0, sent))
        queueAndFlush(rest, in: context)
    }

    /// Leaves bytes with the channel, which sends them when it is flushed.
    mutating func queue(_ bytes: ByteBuffer, in context: ChannelHandlerContext) {
        isQueued = true
        context.write(NIOAny(bytes), promise: nil)
    }

    /// Lets go out what was queued.
    func flush(_ context: ChannelHandlerContext) {
        if isQueued { context.flush() }
    }

    private mutating func queueAndFlush(_ bytes: ByteBuffer, in context: ChannelHandlerContext) {
        isQueued = true
        context.writeAndFlush(NIOAny(bytes), promise: nil)
    }

    private mutating func hasQueued(_ context: ChannelHandlerContext) -> Bool {
        guard isQueued else { return false }
        isQueued = context.channel.bufferedBytes > 0
        return isQueued
    }
}

extension Channel {
    /// How many bytes wait for the socket to take them.
    var bufferedBytes: Int {
        (try? syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }
}
