// SPDX-License-Identifier: Apache-2.0

import CloudSimulator
import Gateway
import NIOSSL
import Records
import Service
import Store
import Testing

// What a client does, and what is seen afterwards.
extension GatewayBed {
    /// The body of a small request.
    static let body = #"{"model":"gpt","max_tokens":5,"messages":[{"role":"user","content":"Good day to you"}]}"#
    /// The same as a stream.
    static let streamBody =
        #"{"model":"gpt","stream":true,"max_tokens":5,"messages":[{"role":"user","content":"Good day to you"}]}"#

    /// The bytes of a request; of a chat where no other path is given.
    func request(
        _ body: String = GatewayBed.body, key: String? = nil, headers: [String] = [],
        path: String = "/v1/chat/completions"
    ) -> String {
        ([
            "POST \(path) HTTP/1.1", "host: gateway", "authorization: Bearer \(key ?? self.key)",
            "content-type: application/json", "content-length: \(body.utf8.count)",
        ] + headers).joined(separator: "\r\n") + "\r\n\r\n" + body
    }

    func connect(
        receiveBufferBytes: Int? = nil, reads: Bool = true, tls: NIOSSLContext? = nil
    ) async throws -> RawClient {
        try await RawClient.connect(port: port, receiveBufferBytes: receiveBufferBytes, reads: reads, tls: tls)
    }

    /// Sends a chat request on a connection of its own.
    func chat(
        _ body: String = GatewayBed.body, key: String? = nil, headers: [String] = []
    ) async throws -> RawAnswer {
        try await send(request(body, key: key, headers: headers))
    }

    /// Sends a request of another operation on a connection of its own.
    func post(_ path: String, _ body: String, headers: [String] = []) async throws -> RawAnswer {
        try await send(request(body, headers: headers, path: path))
    }

    /// Sends bytes on a connection of their own and reads one answer.
    func send(_ bytes: String, isHead: Bool = false) async throws -> RawAnswer {
        let client = try await connect()
        try await client.send(bytes)
        let answer = try await client.answer(isHead: isHead)
        await client.close()
        return answer
    }

    func get(_ path: String, method: String = "GET", headers: [String] = []) async throws -> RawAnswer {
        let lines = ["\(method) \(path) HTTP/1.1", "host: gateway"] + headers
        return try await send(lines.joined(separator: "\r\n") + "\r\n\r\n", isHead: method == "HEAD")
    }

    /// Makes lanes of a cloud misbehave.
    func fault(_ cloud: String, _ faults: FaultRule...) throws {
        try clouds[cloud]?.setFaults(faults)
    }

    /// The requests that reached a cloud, refused or not.
    func arrived(_ cloud: String) -> Int {
        clouds[cloud]?.counters().total.arrived ?? -1
    }

    /// Every entry of the ledger so far.
    func entries() async throws -> [Entry] {
        try await application.node.settle()
        return try Self.entries(in: folder)
    }

    /// Every entry of a folder's ledger.
    static func entries(in folder: String) throws -> [Entry] {
        var reader = try LogReader(folder: LogFolder(folder), from: 0)
        var entries: [Entry] = []
        while let batch = try reader.next() {
            for position in 0..<batch.count { entries.append(try Entry(Array(batch[position]))) }
        }
        return entries
    }

    /// The placements in the ledger, once there are so many.
    func placements(_ count: Int) async throws -> [PlacementEntry] {
        try await until("\(count) placements are in the ledger") {
            try await self.entries().count { if case .placement = $0 { true } else { false } } >= count
        }
        return try await entries().compactMap { if case .placement(let entry) = $0 { entry } else { nil } }
    }

    /// The one placement that is in the ledger.
    func placement() async throws -> PlacementEntry {
        let all = try await placements(1)
        #expect(all.count == 1)
        return try #require(all.first)
    }

    /// The refusals in the ledger, once there are so many.
    func refusals(_ count: Int) async throws -> [RefusalEntry] {
        try await until("\(count) refusals are in the ledger") {
            try await self.entries().count { if case .refusal = $0 { true } else { false } } >= count
        }
        return try await entries().compactMap { if case .refusal(let entry) = $0 { entry } else { nil } }
    }

    /// Waits until nothing is in flight.
    func settled() async throws {
        try await until("no request is in flight") {
            await self.application.server.metrics().requestsInFlight == 0
        }
    }
}

/// Waits until a condition holds, and fails with its name when it does not come about.
func until(
    _ name: String, within: Duration = .seconds(60), _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + within
    // A test that got no processor for all that time has a few more looks.
    var looksLeft = 200
    while try await !condition() {
        looksLeft -= 1
        guard ContinuousClock.now < deadline || looksLeft > 0 else { throw NotInTime(name: name) }
        try await Task.sleep(for: .milliseconds(2))
    }
}

/// Sees that something takes less than a second, at the quickest of a few attempts: on a busy machine one may take long.
func expectWithinASecond(
    sourceLocation: SourceLocation = #_sourceLocation, _ attempt: () async throws -> Duration
) async throws {
    var quickest = try await attempt()
    for _ in 0..<9 where quickest >= .seconds(1) { quickest = min(quickest, try await attempt()) }
    #expect(quickest < .seconds(1), sourceLocation: sourceLocation)
}

/// A condition did not come about.
struct NotInTime: Error, CustomStringConvertible {
    var name: String
    var description: String { "it did not come about in time that \(name)" }
}
