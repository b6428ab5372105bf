// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import NIOCore

/// The way out of one connection: what its socket takes at once is written there and then, what is left over goes through
/// the channel's queue.
///
/// A channel's queue, its promises and its pipeline are for what can't go out yet, and cost about as much processor time
/// as reading a request does; most answers, requests and events fit into a socket that has room.
///
/// It never calls the channel, which may answer by telling its handlers that the connection has ended: what is for the
/// channel is given back.
struct SocketWriter {
    /// The socket; `nil` where something stands before it, such as TLS, and where it may be closed.
    private var socket: CInt?
    /// Whether the channel may hold bytes that have to go first.
    private(set) var isQueued = false

    /// Finds the socket of a channel that is open and whose only handler this is.
    mutating func open(_ channel: any Channel) {
        socket =
            try? channel.pipeline.syncOperations.withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self) { $0 }
    }

    /// Forgets the socket: its number may soon be another's.
    mutating func close() {
        socket = nil
    }

    /// Sends what can go out at once, where nothing is queued before it.
    ///
    /// - Returns: what the caller has to write to the channel and to flush; `nil` where all of it was sent.
    mutating func send(_ bytes: ByteBuffer, past context: ChannelHandlerContext) -> ByteBuffer? {
        guard let socket else { return queue(bytes) }
        if isQueued {
            isQueued = context.channel.bufferedBytes > 0
            if isQueued { return bytes }
        }
        let sent = unsafe bytes.withUnsafeReadableBytes { memory in
            unsafe Glibc.send(socket, memory.baseAddress, memory.count, CInt(MSG_DONTWAIT | MSG_NOSIGNAL))
        }
        guard sent < bytes.readableBytes else { return nil }
        // A socket without room is waited for by the channel, and one that is broken is closed when the channel finds
        // it so.
        var rest = bytes
        rest.moveReaderIndex(forwardBy: max(0, sent))
        return queue(rest)
    }

    /// Takes note of bytes that the caller is about to write to the channel.
    mutating func queue(_ bytes: ByteBuffer) -> ByteBuffer {
        isQueued = true
        return bytes
    }
}

extension Channel {
    /// How many bytes wait for the socket to take them.
    var bufferedBytes: Int {
        (try? syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }
}
