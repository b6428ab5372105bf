// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import NIOCore

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Reads one order and writes one answer.
final class OrderHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let carryOut: @Sendable (ControlOrder) async -> ControlAnswer
    private var received = ByteBuffer()
    private var isAnswering = false
    private var isOwnUser = false
    private var timeout: Scheduled<Void>?

    init(carryOut: @escaping @Sendable (ControlOrder) async -> ControlAnswer) {
        self.carryOut = carryOut
    }

    func channelActive(context: ChannelHandlerContext) {
        isOwnUser = context.channel.peerUser.map { $0 == getuid() || $0 == 0 } ?? false
        guard isOwnUser else { return context.close(promise: nil) }
        let channel = context.channel
        timeout = context.eventLoop.scheduleTask(in: .seconds(ControlSocket.orderSeconds)) {
            channel.close(promise: nil)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard isOwnUser, !isAnswering else { return }
        var bytes = unwrapInboundIn(data)
        let endsLine = bytes.readableBytesView.contains(UInt8(ascii: "\n"))
        received.writeBuffer(&bytes)
        guard received.readableBytes <= ControlSocket.messageBytesMax else { return context.close(promise: nil) }
        // Earlier bytes are not searched again.
        guard endsLine, let end = received.readableBytesView.lastIndex(of: UInt8(ascii: "\n")) else { return }
        isAnswering = true
        timeout?.cancel()
        let line = Data(received.readableBytesView[..<end])
        let channel = context.channel
        let carryOut = carryOut
        Task {
            let answer: ControlAnswer
            if let order = try? JSONDecoder().decode(ControlOrder.self, from: line) {
                answer = await carryOut(order)
            } else {
                answer = .refused(
                    code: "usage",
                    message: "The running gateway does not know this order; are both of the same release?")
            }
            var buffer = ByteBuffer(bytes: (try? JSONEncoder().encode(answer)) ?? Data())
            buffer.writeString("\n")
            try? await channel.writeAndFlush(buffer)
            try? await channel.close()
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
