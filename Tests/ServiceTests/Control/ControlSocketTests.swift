// SPDX-License-Identifier: Apache-2.0

import Agreement
import Foundation
import Gateway
import NIOCore
import NIOPosix
import Service
import Testing

@Suite("The socket for commands")
struct ControlSocketTests {
    @Test("is for its own user alone and goes with the gateway")
    func permissions() async throws {
        let folder = try GatewayBed.makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = ControlSocket.path(in: folder)
        try await GatewayBed.run(.init { $0.folder = folder }) { _ in
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("says of every order that comes while requests in flight end that the gateway is stopping")
    func draining() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in [] }
        await Turnstile.gateways.enter()
        defer { Turnstile.gateways.leave() }
        let folder = try GatewayBed.makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let setup = GatewayBed.Setup.primary(at: upstream) { $0.limits.drainMilliseconds = 60_000 }
        let bed = try await GatewayBed.start(setup, folder: folder)
        let client = try await bed.connect()
        try await client.send(bed.request())
        try await until("the request is in flight") { upstream.requests.count == 1 }
        let stopped = Task { await bed.stop() }
        try await until("an order is refused") {
            do {
                _ = try await bed.order(.status)
                return false
            } catch let error as ServiceError {
                #expect(error.message.hasPrefix("The gateway is stopping and takes no orders any more"))
                return true
            }
        }
        let error = await #expect(throws: ServiceError.self) { try await bed.order(.reload) }
        #expect(error?.message.contains("stopping, and the configuration was not read") == true)
        upstream.push(UpstreamText.answer())
        try await #expect(client.answer().status == 200)
        await stopped.value
        #expect(!FileManager.default.fileExists(atPath: ControlSocket.path(in: folder)))
        await client.close()
        try GatewayBed.expectIntact(folder)
        await upstream.stop()
    }

    @Test("tells how the gateway stands")
    func status() async throws {
        try await GatewayBed.run { bed in
            _ = try await bed.chat()
            guard case .status(let lines) = try await bed.order(.status) else {
                Issue.record("no status came")
                return
            }
            #expect(lines.boot == 1)
            #expect(lines.ledgerAvailable)
            #expect(lines.entries > 0)
        }
    }

    @Test("takes a key that works at once and is revoked at once")
    func keys() async throws {
        try await GatewayBed.run { bed in
            let order = KeyOrder(
                name: "k", tenant: "t", dimensions: ["product": "chatgpt"], surface: nil, labels: [:],
                deadlineSeconds: nil, diagnostics: false)
            guard case .key(let id, let text) = try await bed.order(.newKey(order)) else {
                Issue.record("no key came")
                return
            }
            try await #expect(bed.chat(key: text).status == 200)
            _ = try await bed.order(.revokeKey(id))
            try await #expect(bed.chat(key: text).status == 401)
            await #expect(throws: ServiceError.self) { try await bed.order(.revokeKey(id)) }
        }
    }

    @Test(
        "refuses a line that is no order",
        arguments: [
            "", "{", "[]", "{\"unknown\":{}}", "{\"revokeKey\":{\"_0\":7}}",
            "{\"record\":{\"_0\":{\"subject\":{\"rumour\":{}},\"by\":\"a\",\"party\":\"b\",\"signatures\":[]}}}",
            "\u{0}\u{FF}",
        ])
    func nonsense(line: String) async throws {
        try await GatewayBed.run { bed in
            let reply = try await Self.exchange(line + "\n", path: ControlSocket.path(in: bed.folder))
            #expect(reply.contains("refused"))
            #expect(reply.contains("usage"))
            #expect(reply.hasSuffix("\n"))
        }
    }

    @Test("closes on an order that is too long, and goes on")
    func tooLong() async throws {
        try await GatewayBed.run { bed in
            let line = String(repeating: "x", count: ControlSocket.messageBytesMax + 1)
            try await #expect(Self.exchange(line, path: ControlSocket.path(in: bed.folder)) == "")
            try await #expect(Self.exchange("{}\n", path: ControlSocket.path(in: bed.folder)).contains("usage"))
        }
    }

    @Test("refuses evidence that does not hold together, and records nothing")
    func evidence() async throws {
        try await GatewayBed.run { bed in
            let subjects: [EvidenceOrder.Subject] = [
                .launch(LaunchOrder(cloud: "moon", model: "gpt", at: bed.now())),
                .launch(LaunchOrder(cloud: "azure", model: "gpt", at: "soon")),
                .decline(DeclineOrder(cloud: "azure", features: [], answered: bed.now())),
                .event(EventOrder(agreement: "deal", event: "none", at: bed.now())),
                .revocation(RevocationOrder(number: 1)), .attestation(AttestationOrder(number: 1)),
            ]
            let before = bed.application.node.book.snapshot.facts.revision
            for subject in subjects {
                await #expect(throws: ServiceError.self) {
                    try await bed.order(.record(EvidenceOrder(subject, by: "ann", party: "microsoft")))
                }
            }
            #expect(bed.application.node.book.snapshot.facts.revision == before)
        }
    }

    @Test("adopts an agreement on which the next request relies")
    func adopt() async throws {
        try await GatewayBed.run(.init { $0.agreements = [] }) { bed in
            try await #expect(bed.chat()["x-concordat-ground"] == "not-covered")
            let text = ControlOrder.AgreementText(file: "deal.yaml", content: Data(TestAgreement.exclusive.utf8))
            guard case .adopted(let lines) = try await bed.order(.adopt([text])) else {
                Issue.record("nothing was adopted")
                return
            }
            #expect(lines.map(\.instrument) == ["signed"])
            try await #expect(bed.chat()["x-concordat-ground"] == "primary")
            let changed = TestAgreement.exclusive.replacingOccurrences(of: "aspect: hosting", with: "aspect: capacity")
            await #expect(throws: ServiceError.self) {
                try await bed.order(.adopt([.init(file: "deal.yaml", content: Data(changed.utf8))]))
            }
        }
    }

    /// Sends bytes to a Unix socket and reads until it closes.
    private static func exchange(_ text: String, path: String) async throws -> String {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(unixDomainSocketPath: path) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try? await outbound.write(ByteBuffer(string: text))
            var received = ByteBuffer()
            do {
                for try await var bytes in inbound { received.writeBuffer(&bytes) }
            } catch is IOError {
                // Closed while bytes were on their way.
            }
            return String(buffer: received)
        }
    }
}
