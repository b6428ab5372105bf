// SPDX-License-Identifier: Apache-2.0

/// Connections that have had one answer each, and then do nothing.
final class IdleLoad: LoadDriver {
    /// How many requests are on their way at once while the connections are opened.
    private static let openingMax = 16

    private let client: Client
    private let connections: Int
    private let hold: Int64
    private var opened = 0
    private var answered = 0
    private var errors = 0
    private var heldAt: Int64?
    private let start = Clock.now()

    init(_ options: Options) {
        client = Client(options, StreamOrder())
        connections = options.number("connections", 1_000)
        hold = options.seconds("hold", 1)
        client.run(self)
        Report.phase("done", [("connections", "\(answered)"), ("errors", "\(errors)")])
    }

    func advance(to now: Int64) -> Int64? {
        while opened < connections, opened - answered - errors < Self.openingMax {
            opened += 1
            guard let connection = client.open() else {
                errors += 1
                continue
            }
            client.send(on: connection, intended: now)
        }
        if heldAt == nil, answered + errors >= connections {
            heldAt = now
            Report.phase("held", [("errors", "\(errors)")])
        }
        guard let heldAt else { return now < start + 30_000_000_000 ? now + 100_000_000 : nil }
        return now < heldAt + hold ? heldAt + hold : nil
    }

    func answered(_ connection: Client.Connection, at now: Int64) { answered += 1 }

    func received(stamp: Int64, on connection: Client.Connection, at now: Int64) {}

    func failed(_ connection: Client.Connection, at now: Int64) { errors += 1 }
}
