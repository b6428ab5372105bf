// SPDX-License-Identifier: Apache-2.0

internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Providers

/// One event loop's connections to upstreams: the last one used is used next.
final class UpstreamPool {
    /// How many connections one loop holds to one endpoint at most, in use or not.
    static let connectionsPerEndpointMax = 2_048

    private let eventLoop: any EventLoop
    /// The limits that hold now.
    var limits: GatewayLimits
    let spare: SpareBuffer
    let clock: LoopClock
    private var places: [UpstreamTarget.Endpoint: UpstreamPlace] = [:]
    /// The place that was looked up last, which is most often the next one too.
    private var lastPlace: UpstreamPlace?
    private var isClosed = false

    init(eventLoop: any EventLoop, limits: GatewayLimits, spare: SpareBuffer, clock: LoopClock) {
        self.eventLoop = eventLoop
        self.limits = limits
        self.spare = spare
        self.clock = clock
    }

    /// Finds or makes a connection, and hands it to the exchange or tells it why there is none.
    ///
    /// - Parameters:
    ///   - target: where to.
    ///   - exchange: who gets the connection.
    ///   - attempt: the number of the exchange's try.
    ///   - fresh: whether a connection that was used before is not wanted.
    func connect(to target: UpstreamTarget, for exchange: Exchange, attempt: Int, fresh: Bool) {
        let place = place(of: target.endpoint)
        if !fresh {
            while let connection = place.idle.popLast() {
                guard connection.isUsable else { continue }
                connection.exchange = exchange
                connection.isReused = true
                return exchange.upstreamConnected(connection, attempt: attempt)
            }
        }
        guard place.open < Self.connectionsPerEndpointMax else {
            return exchange.upstreamFailed(.queueFull, attempt: attempt)
        }
        place.open += 1
        let pool = NIOLoopBound(self, eventLoop: eventLoop)
        let bound = NIOLoopBound(place, eventLoop: eventLoop)
        let (tls, serverName) = (target.tls, target.serverName)
        ClientBootstrap(group: eventLoop)
            .connectTimeout(.milliseconds(limits.connectMilliseconds))
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                // Called for each address that the name has; one of the channels becomes the connection.
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let tls {
                        try pipeline.addHandler(NIOSSLClientHandler(context: tls.context, serverHostname: serverName))
                    }
                    try pipeline.addHandler(UpstreamConnection(pool: pool.value, place: bound.value))
                }
            }
            .connect(host: target.endpoint.host, port: target.endpoint.port)
            .assumeIsolated()
            .whenComplete { result in
                self.clock.read()
                switch result.flatMap({ channel in
                    Result { try channel.pipeline.syncOperations.handler(type: UpstreamConnection.self) }
                }) {
                case .success(let connection):
                    guard connection.isUsable else {
                        // It ended before anybody could have it.
                        self.closed(place, nil)
                        return exchange.upstreamFailed(tls == nil ? .connectionLost : .tlsFailed, attempt: attempt)
                    }
                    connection.isCounted = true
                    guard tls == nil else {
                        return connection.awaitHandshake(
                            for: exchange, attempt: attempt, within: .milliseconds(self.limits.connectMilliseconds))
                    }
                    connection.exchange = exchange
                    exchange.upstreamConnected(connection, attempt: attempt)
                case .failure(let error):
                    self.closed(place, nil)
                    exchange.upstreamFailed(LocalCause(connecting: error), attempt: attempt)
                }
            }
    }

    /// Takes back a connection whose answer was complete.
    func release(_ connection: UpstreamConnection) {
        connection.exchange = nil
        guard connection.isUsable, !isClosed else { return connection.close() }
        // The last answer's client may have been slow.
        connection.setReading(true)
        connection.idleSince = clock.now
        connection.place.idle.append(connection)
    }

    /// A connection is gone.
    func closed(_ place: UpstreamPlace, _ connection: UpstreamConnection?) {
        place.open -= 1
        if let connection { place.idle.removeAll { $0 === connection } }
        if place.open == 0 {
            places[place.endpoint] = nil
            if lastPlace === place { lastPlace = nil }
        }
    }

    private func place(of endpoint: UpstreamTarget.Endpoint) -> UpstreamPlace {
        if let lastPlace, lastPlace.endpoint == endpoint { return lastPlace }
        let known = places[endpoint]
        let place = known ?? UpstreamPlace(endpoint)
        if known == nil { places[endpoint] = place }
        lastPlace = place
        return place
    }

    /// Closes connections that were not used for long.
    func tick(_ now: NIODeadline) {
        let limit = TimeAmount.milliseconds(limits.upstreamIdleMilliseconds)
        for place in places.values {
            let old = place.idle.filter { now - $0.idleSince > limit }
            guard !old.isEmpty else { continue }
            place.idle.removeAll { now - $0.idleSince > limit }
            for connection in old { connection.close() }
        }
    }

    /// Closes what is idle and keeps nothing from now on.
    func closeAll() {
        isClosed = true
        closeIdle()
    }

    /// Closes what is idle.
    func closeIdle() {
        let all = places.values.flatMap(\.idle)
        for place in places.values { place.idle.removeAll() }
        for connection in all { connection.close() }
    }

    /// Connections held now, in use or not.
    var count: Int { places.values.reduce(0) { $0 + $1.open } }
}

extension UpstreamTarget {
    /// The name for TLS, which must not be an address (RFC 6066, section 3).
    fileprivate var serverName: String? {
        (try? SocketAddress(ipAddress: endpoint.host, port: endpoint.port)) == nil ? endpoint.host : nil
    }
}

extension LocalCause {
    /// Why no connection came about.
    fileprivate init(connecting error: any Error) {
        switch error {
        case let error as NIOConnectionError:
            self = error.connectionErrors.isEmpty ? .nameNotResolved : .connectFailed
        case is NIOSSLError, is BoringSSLError: self = .tlsFailed
        default: self = .connectFailed
        }
    }
}
