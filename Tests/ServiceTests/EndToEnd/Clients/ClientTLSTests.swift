// SPDX-License-Identifier: Apache-2.0

import Foundation
import Gateway
import NIOCore
import NIOSSL
import Service
import Testing

@Suite("A client with TLS")
struct ClientTLSTests {
    private let healthRequest = "GET /healthz HTTP/1.1\r\nhost: g\r\nconnection: close\r\n\r\n"

    /// Runs a gateway that shows a certificate of a new authority.
    private func run(
        _ given: GatewayBed.Setup = .init(), _ body: (GatewayBed, TestAuthority) async throws -> Void
    ) async throws {
        let authority = try TestAuthority()
        defer { authority.remove() }
        let identity = try authority.issue("gateway")
        var setup = given
        setup.listenTLS = identity
        try await GatewayBed.run(setup) { bed in try await body(bed, authority) }
    }

    /// The serial number of the certificate that a new connection is shown.
    private func shownSerial(_ bed: GatewayBed) throws -> String? {
        let text = try TestAuthority.openssl(["s_client", "-connect", "127.0.0.1:\(bed.port)"], input: healthRequest)
        let pem = text.components(separatedBy: "-----BEGIN CERTIFICATE-----").dropFirst().first ?? ""
        let certificate = "-----BEGIN CERTIFICATE-----" + pem
        return try TestAuthority.openssl(["x509", "-noout", "-serial"], input: certificate)
            .split(separator: "=").last.map { $0.trimmingCharacters(in: .newlines) }
    }

    @Test("is served as without, with streams and request after request")
    func served() async throws {
        try await run { bed, authority in
            let client = try await bed.connect(tls: authority.client())
            try await client.send(bed.request())
            try await #expect(client.answer().status == 200)
            try await client.send(bed.request(GatewayBed.streamBody))
            let stream = try await client.answer()
            #expect(stream.isWhole)
            #expect(stream.body.hasSuffix("data: [DONE]\n\n"))
            try await client.send(bed.request() + bed.request())
            for _ in 0..<2 { try await #expect(client.answer().status == 200) }
            await client.close()
            try await until("the connection is gone") { await bed.application.server.metrics().connections == 0 }
            let metrics = await bed.application.server.metrics()
            #expect(metrics.accepted == 4)
        }
    }

    @Test("gets all of a long last answer, however slowly it reads, and a goodbye behind it")
    func slowLastAnswer() async throws {
        let text = String(repeating: "x", count: 3_000_000)
        let upstream = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.answer(200, "\"\(text)\""))] }
        try await run(.primary(at: upstream)) { bed, authority in
            let client = try await bed.connect(receiveBufferBytes: 4_096, reads: false, tls: authority.client())
            client.sendLater(bed.request(headers: ["connection: close"]))
            // The handshake needs a few readings, the answer thousands.
            try await until("the upstream has the request") {
                client.readOnce()
                return upstream.requests.count == 1
            }
            try await client.beginReading()
            let received = try await client.rest()
            #expect(received.hasSuffix("x\""))
            #expect(received.utf8.count > text.utf8.count)
        }
        await upstream.stop()
    }

    @Test("resumes its session instead of a whole handshake, in both versions", arguments: ["-tls1_2", "-tls1_3"])
    func resumption(version: String) async throws {
        try await run { bed, authority in
            let session = authority.folder + "/session"
            let common = ["s_client", "-connect", "127.0.0.1:\(bed.port)", version, "-ign_eof"]
            let first = try TestAuthority.openssl(
                common + ["-CAfile", authority.root, "-sess_out", session, "-alpn", "h2,http/1.1"],
                input: healthRequest)
            #expect(first.contains("New, TLSv1."))
            #expect(first.contains("Verify return code: 0"))
            #expect(first.contains("ALPN protocol: http/1.1"))
            let second = try TestAuthority.openssl(common + ["-sess_in", session], input: healthRequest)
            #expect(second.contains("Reused, TLSv1."))
            #expect(second.contains("HTTP/1.1 200 OK"))
        }
    }

    @Test("of an old version, or without TLS, is turned away, and nobody else notices")
    func turnedAway() async throws {
        try await run { bed, authority in
            let old = try await bed.connect(tls: authority.client(isOld: true))
            old.sendLater(healthRequest)
            try await #expect(old.rest() == "")
            let plain = try await bed.connect()
            plain.sendLater(healthRequest)
            let received = try await plain.rest()
            #expect(!received.contains("200 OK"))
            let client = try await bed.connect(tls: authority.client())
            try await client.send(healthRequest)
            try await #expect(client.answer().status == 200)
            for each in [old, plain, client] { await each.close() }
        }
    }

    @Test("that does not finish its handshake counts as a connection, and is closed after the time for a head")
    func silentHandshake() async throws {
        try await run(.init { $0.limits.headMilliseconds = 3_000 }) { bed, _ in
            let silent = try await bed.connect()
            // The beginning of a handshake, and no more.
            let partial = try await bed.connect()
            try await partial.send([0x16, 0x03, 0x01, 0x02, 0x00, 0x01])
            try await until("both count") { await bed.application.server.metrics().connections == 2 }
            try await #expect(silent.rest() == "")
            try await #expect(partial.rest() == "")
            await silent.close()
            await partial.close()
        }
    }

    @Test("is shown a rotated certificate without any signal, while connections that exist go on")
    func rotation() async throws {
        try await run { bed, authority in
            let client = try await bed.connect(tls: authority.client())
            try await client.send(bed.request())
            try await #expect(client.answer().status == 200)
            #expect(try shownSerial(bed) == "01")
            try authority.issue("gateway", days: 90, serial: 2)
            try await until("new connections are shown the new certificate") { try shownSerial(bed) == "02" }
            try await client.send(bed.request())
            try await #expect(client.answer().status == 200)
            await client.close()
            let end = Int(Date.now.timeIntervalSince1970) + 89 * 86_400
            let metrics = bed.application.tls.metricsText
            let shown = metrics.split(separator: "\n").last?.split(separator: " ").last.flatMap { Int($0) }
            #expect(try #require(shown) > end)
        }
    }

    @Test("is shown the old certificate while the new pair is bad, which is told once")
    func badPair() async throws {
        try await run { bed, authority in
            let other = try TestAuthority()
            defer { other.remove() }
            try other.issue("stranger")
            try authority.issue("expired", days: -1)
            func write(_ name: String, _ ending: String, from source: TestAuthority) throws {
                let bytes = try Data(contentsOf: URL(filePath: "\(source.folder)/\(name).\(ending)"))
                try bytes.write(to: URL(filePath: "\(authority.folder)/gateway.\(ending)"), options: .atomic)
            }
            // A key that belongs to another certificate.
            try write("stranger", "key", from: other)
            for _ in 0..<4 { bed.application.tls.reload() }
            #expect(try shownSerial(bed) == "01")
            #expect(bed.logs.lines.count { $0.contains("does not belong to the certificate") } == 1)
            // A pair that has ended.
            try write("expired", "pem", from: authority)
            try write("expired", "key", from: authority)
            for _ in 0..<4 { bed.application.tls.reload() }
            #expect(try shownSerial(bed) == "01")
            #expect(bed.logs.lines.count { $0.contains("has ended") } == 1)
            // No key at all.
            try FileManager.default.removeItem(atPath: authority.folder + "/gateway.key")
            for _ in 0..<4 { bed.application.tls.reload() }
            let client = try await bed.connect(tls: authority.client())
            try await client.send(healthRequest)
            try await #expect(client.answer().status == 200)
            await client.close()
        }
    }
}
