// SPDX-License-Identifier: Apache-2.0

internal import NIOCore

// Who may stay when more clients come than may be connected.
extension LoopContext {
    /// Which part of the connections gives way at once when there is no room, so that the search for them is rare.
    private static let partThatGivesWay = 64

    /// Sees to it that one more client may be connected: those that have kept the gateway waiting longest give way.
    ///
    /// A connection whose request is being served never does. So whoever opens connections without end only shortens
    /// the time for which his own are kept, and a client that sends its request at once is served.
    ///
    /// - Returns: whether there is room; none where every connection has a request that is being served.
    func makeRoom() -> Bool {
        let connectionsMax = max(1, limits.connectionsMax / loopCount)
        guard connections.count >= connectionsMax else { return true }
        let waiting = connections.values.compactMap { connection in
            connection.waitsSince.map { (since: $0, connection: connection) }
        }.sorted { $0.since < $1.since }
        for (_, connection) in waiting.prefix(max(1, connectionsMax / Self.partThatGivesWay)) {
            // The channel tells of its end later; the place is free now.
            remove(connection)
            connection.abort()
            metrics.connectionsDisplaced += 1
        }
        guard connections.count < connectionsMax else {
            metrics.connectionsRefused += 1
            return false
        }
        return true
    }
}
