// SPDX-License-Identifier: Apache-2.0

package import NIOCore
internal import NIOPosix
internal import NIOSSL

/// The data plane: listens, serves on its event loops, drains and stops.
package final class GatewayServer: Sendable {
    /// How often deadlines are looked at, in milliseconds.
    static let tickMilliseconds: Int64 = 250

    private let shared: GatewayShared
    private let group: MultiThreadedEventLoopGroup
    private let listener: any Channel
    private let ticks: [RepeatedTask]

    /// The address that clients connect to.
    package let address: SocketAddress

    private init(
        shared: GatewayShared, group: MultiThreadedEventLoopGroup, listener: any Channel, ticks: [RepeatedTask],
        address: SocketAddress
    ) {
        self.shared = shared
        self.group = group
        self.listener = listener
        self.ticks = ticks
        self.address = address
    }

    /// Starts the event loops and listens.
    ///
    /// - Parameters:
    ///   - shared: what the loops share.
    ///   - host: the address to listen on.
    ///   - port: the port; 0 picks a free one.
    ///   - threads: how many event loops serve.
    ///   - tls: the certificate to show; `nil` to serve without TLS.
    /// - Returns: the server, listening.
    /// - Throws: when the address can't be listened on.
    package static func start(
        shared: GatewayShared, host: String, port: Int, threads: Int, tls: CurrentTLS? = nil
    ) async throws -> GatewayServer {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: threads)
        var members: [ObjectIdentifier: LoopRegistry.Member] = [:]
        var ticks: [RepeatedTask] = []
        for (index, eventLoop) in Array(group.makeIterator()).enumerated() {
            let member = try await eventLoop.submit {
                let context = LoopContext(eventLoop: eventLoop, shared: shared, index: index, loopCount: threads)
                let member = LoopRegistry.Member(
                    context: NIOLoopBound(context, eventLoop: eventLoop), eventLoop: eventLoop)
                context.member = member
                return member
            }.get()
            members[ObjectIdentifier(eventLoop)] = member
            shared.loops.add(member)
            ticks.append(
                eventLoop.scheduleRepeatedTask(
                    initialDelay: .milliseconds(tickMilliseconds), delay: .milliseconds(tickMilliseconds)
                ) { _ in member.context.value.tick() })
        }
        let loops = shared.loops
        shared.book.listen { snapshot in
            loops.tell { member in member.eventLoop.execute { member.context.value.use(snapshot) } }
        }
        do {
            let byLoop = members
            let listener = try await bootstrap(group, members: byLoop, tls: tls).bind(host: host, port: port).get()
            guard let address = listener.localAddress else { throw ChannelError.unknownLocalAddress }
            return GatewayServer(shared: shared, group: group, listener: listener, ticks: ticks, address: address)
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
    }

    private static func bootstrap(
        _ group: MultiThreadedEventLoopGroup, members: [ObjectIdentifier: LoopRegistry.Member], tls: CurrentTLS?
    ) -> ServerBootstrap {
        ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1_024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(
                .writeBufferWaterMark,
                value: .init(low: GatewayLimits.writeBufferBytesMax / 4, high: GatewayLimits.writeBufferBytesMax)
            )
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let member = members[ObjectIdentifier(channel.eventLoop)] else { return }
                    let context = member.context.value
                    guard context.makeRoom() else { return channel.close(promise: nil) }
                    let pipeline = channel.pipeline.syncOperations
                    if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls.context)) }
                    try pipeline.addHandler(ClientHandler(loop: context, usesTLS: tls != nil))
                }
            }
    }

    /// Merged counts of all loops.
    package func metrics() async -> LoopMetrics {
        var merged = LoopMetrics()
        for member in shared.loops.all {
            if let metrics = try? await member.eventLoop.submit({ member.context.value.metrics }).get() {
                merged.merge(metrics)
            }
        }
        return merged
    }

    /// Takes over other keys; what is taken over later holds, also where both are on their way at once.
    ///
    /// - Returns: what returns when every loop knows them, so that a key that was revoked is accepted by none.
    package func use(_ keys: KeyTable) -> @Sendable () async -> Void {
        let told = shared.loops.all.map { member in member.eventLoop.submit { member.context.value.use(keys) } }
        return { for told in told { try? await told.get() } }
    }

    /// Takes over other settings: at once, or on each loop with the facts that bring their deployments.
    ///
    /// When this returns every loop knows them, so that the facts may follow. Requests in flight keep the upstreams
    /// with which they began.
    package func use(_ settings: LoopSettings) async {
        await onEachLoop { $0.use(settings) }
    }

    /// Ends what ``use(_:)-(LoopSettings)`` began, when its facts are on disk or will never be.
    package func endReload() async {
        await onEachLoop { $0.endReload() }
    }

    private func onEachLoop(_ body: @escaping @Sendable (LoopContext) -> Void) async {
        for member in shared.loops.all {
            try? await member.eventLoop.submit { body(member.context.value) }.get()
        }
    }

    /// Whether a client has yet to get something that was begun.
    private func owesOutput() async -> Bool {
        for member in shared.loops.all {
            let owes = try? await member.eventLoop.submit {
                member.context.value.connections.values.contains { $0.owesOutput }
            }.get()
            if owes == true { return true }
        }
        return false
    }

    /// How long requests in flight may go on after the order to stop, as it is set now.
    private func drainMilliseconds() async -> Int64 {
        guard let member = shared.loops.all.first else { return 0 }
        return (try? await member.eventLoop.submit { member.context.value.limits.drainMilliseconds }.get()) ?? 0
    }

    /// Stops taking connections, lets requests in flight end, then closes everything.
    package func stop() async {
        try? await listener.close().get()
        for member in shared.loops.all {
            member.eventLoop.execute {
                let context = member.context.value
                context.clock.read()
                context.isDraining = true
                for connection in context.connections.values { connection.drain() }
            }
        }
        let deadline = NIODeadline.now() + .milliseconds(await drainMilliseconds())
        while await owesOutput(), NIODeadline.now() < deadline {
            try? await Task.sleep(for: .milliseconds(20))
        }
        for tick in ticks { tick.cancel() }
        for member in shared.loops.all {
            try? await member.eventLoop.submit {
                let context = member.context.value
                for connection in Array(context.connections.values) { connection.abort() }
                context.pool.closeAll()
            }.get()
        }
        shared.loops.close()
        try? await group.shutdownGracefully()
    }
}
