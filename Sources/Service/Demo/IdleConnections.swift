// SPDX-License-Identifier: Apache-2.0

/// The connections of a client that wait for a request.
final class IdleConnections {
    private var connections: [LoadConnection] = []
    private var isClosed = false

    func take() -> LoadConnection? {
        while let connection = connections.popLast() {
            if connection.isOpen { return connection }
        }
        return nil
    }

    func give(_ connection: LoadConnection) {
        if isClosed { connection.close() } else { connections.append(connection) }
    }

    func closeAll() {
        isClosed = true
        let all = connections
        connections = []
        for connection in all { connection.close() }
    }
}
