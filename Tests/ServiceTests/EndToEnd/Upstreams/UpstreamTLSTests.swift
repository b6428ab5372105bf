// SPDX-License-Identifier: Apache-2.0

import Foundation
import Gateway
import NIOSSL
import Providers
import Records
import Service
import Testing

@Suite("An upstream with TLS")
struct UpstreamTLSTests {
    /// A gateway's setup for an upstream with TLS as its primary.
    private func setup(
        _ upstream: RecordingUpstream, _ authority: TestAuthority, host: String = "localhost", roots: String? = nil
    ) -> GatewayBed.Setup {
        .primary(at: upstream) {
            $0.upstreamTLS = ["azure": (host, roots ?? authority.root)]
            $0.environment = ["KEY_AZURE": "canary"]
        }
    }

    @Test("under a private root is called by its name or its address, and keeps its connection")
    func privateRoot() async throws {
        let authority = try TestAuthority()
        defer { authority.remove() }
        try authority.issue("up")
        let upstream = try await RecordingUpstream.start(tls: authority.server("up")) { _, _ in
            [.send(UpstreamText.answer())]
        }
        for host in ["localhost", "127.0.0.1"] {
            try await GatewayBed.run(setup(upstream, authority, host: host)) { bed in
                let before = upstream.connectionsOpened
                for _ in 0..<3 { try await #expect(bed.chat().status == 200) }
                #expect(upstream.connectionsOpened == before + 1)
            }
        }
        await upstream.stop()
    }

    /// What is wrong with an upstream.
    enum Fault: CaseIterable, Sendable {
        case unknownRoot, otherName, expired, oldVersion
    }

    @Test(
        "P38: whose certificate is not right gets neither the key nor the request: the attempt fails as an outage",
        arguments: Fault.allCases)
    func refused(fault: Fault) async throws {
        let authority = try TestAuthority()
        let other = try TestAuthority()
        defer {
            authority.remove()
            other.remove()
        }
        try authority.issue(
            "up", for: fault == .otherName ? "DNS:example.com" : "DNS:localhost", days: fault == .expired ? -1 : 30)
        let tls = try authority.server("up", isOld: fault == .oldVersion)
        let upstream = try await RecordingUpstream.start(tls: tls) { _, _ in [.send(UpstreamText.answer())] }
        let roots = fault == .unknownRoot ? other.root : authority.root
        try await GatewayBed.run(setup(upstream, authority, roots: roots)) { bed in
            let answer = try await bed.chat()
            #expect(answer.status == 502)
            #expect(answer.errorCode == "upstream_unavailable")
            let attempts = try await bed.placement().attempts
            #expect(attempts.map(\.vendorCode) == [VendorCode.tlsFailed.rawValue])
            #expect(attempts.map(\.signal) == [SignalClass.outage.rawValue])
            #expect(upstream.requests.isEmpty)
            #expect(bed.arrived("aws") == 0)
        }
        await upstream.stop()
    }

    @Test("that never answers the handshake is given up after the time for connections")
    func silentHandshake() async throws {
        let authority = try TestAuthority()
        defer { authority.remove() }
        // It speaks no TLS: the first message of the handshake is the beginning of a head that does not end.
        let upstream = try await RecordingUpstream.start { _, _ in [] }
        var setup = setup(upstream, authority)
        setup.limits.connectMilliseconds = 2_000
        try await GatewayBed.run(setup) { bed in
            let answer = try await bed.chat()
            #expect(answer.status == 502)
            try await #expect(bed.placement().attempts.map(\.vendorCode) == [VendorCode.tlsFailed.rawValue])
            try await until("the upstream is closed") { upstream.connectionsOpen == 0 }
        }
        await upstream.stop()
    }

    @Test("that a client leaves while it shakes hands costs nobody anything")
    func leftInHandshake() async throws {
        let authority = try TestAuthority()
        defer { authority.remove() }
        let upstream = try await RecordingUpstream.start { _, _ in [] }
        var setup = setup(upstream, authority)
        setup.limits.connectMilliseconds = 5_000
        try await GatewayBed.run(setup) { bed in
            let client = try await bed.connect()
            try await client.send(bed.request())
            try await until("the upstream is called") { upstream.connectionsOpened == 1 }
            await client.close()
            try await #expect(bed.placement().outcome == .cancelled)
            try await until("the upstream is closed") { upstream.connectionsOpen == 0 }
            try await bed.settled()
        }
        await upstream.stop()
    }

    /// How an upstream ends its connection behind an answer, and whether the answer is whole.
    static let ends: [(length: Bool, cut: Bool, isWhole: Bool)] = [
        (true, false, true), (true, true, true), (false, false, true), (false, true, false),
    ]

    @Test(
        "whose connection ends without a goodbye has sent a whole answer only where it said how long it is",
        arguments: ends)
    func truncation(length: Bool, cut: Bool, isWhole: Bool) async throws {
        let authority = try TestAuthority()
        defer { authority.remove() }
        try authority.issue("up")
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n"
        let upstream = try await RecordingUpstream.start(tls: authority.server("up")) { _, _ in
            [.send(length ? UpstreamText.answer() : head + UpstreamText.completion), cut ? .cut : .close]
        }
        try await GatewayBed.run(setup(upstream, authority)) { bed in
            let answer = try await bed.chat()
            #expect(answer.status == (isWhole ? 200 : 502))
            let placement = try await bed.placement()
            #expect(placement.outcome == (isWhole ? .served : .failed))
            if !isWhole {
                #expect(placement.attempts.map(\.vendorCode) == [VendorCode.connectionLost.rawValue])
            }
        }
        await upstream.stop()
    }

    @Test("is trusted by a new file of roots as soon as that is there, and a file that holds none changes nothing")
    func newRoots() async throws {
        let authority = try TestAuthority()
        let other = try TestAuthority()
        defer {
            authority.remove()
            other.remove()
        }
        try authority.issue("up")
        let upstream = try await RecordingUpstream.start(tls: authority.server("up")) { _, _ in
            [.send(UpstreamText.answer(headers: ["connection: close"]))]
        }
        let roots = other.folder + "/trusted.pem"
        try FileManager.default.copyItem(atPath: other.root, toPath: roots)
        try await GatewayBed.run(setup(upstream, authority, roots: roots)) { bed in
            try await #expect(bed.chat().status == 502)
            try Data(contentsOf: URL(filePath: authority.root)).write(to: URL(filePath: roots), options: .atomic)
            bed.application.tls.reload()
            try await #expect(bed.chat().status == 200)
            try Data("nothing".utf8).write(to: URL(filePath: roots), options: .atomic)
            for _ in 0..<3 { bed.application.tls.reload() }
            try await #expect(bed.chat().status == 200)
            let warnings = bed.logs.lines.filter { $0.contains("can't be used") }
            #expect(warnings.count == 1)
            #expect(warnings.first?.contains("azure") == true)
        }
        await upstream.stop()
    }
}
