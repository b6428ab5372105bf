// SPDX-License-Identifier: Apache-2.0

import Foundation
import Gateway
import Records
import Service
import Testing

@Suite("A gateway with as many connections as it may have")
struct CrowdedGatewayTests {
    @Test("serves a client that sends its request, while those that have kept it waiting longest give way")
    func slowOnesGiveWay() async throws {
        try await GatewayBed.run(.init { $0.limits.connectionsMax = 8 }) { bed in
            var slow: [RawClient] = []
            for _ in 0..<8 {
                let client = try await bed.connect()
                try await client.send("POST /v1/chat/completions HTTP/1.1\r\nx: ")
                try await until("it is connected") {
                    await bed.application.server.metrics().connections == slow.count + 1
                }
                slow.append(client)
            }
            for _ in 0..<4 { try await #expect(bed.chat().status == 200) }
            // The first to come were the first to go.
            try await #expect(slow[0].rest() == "")
            let metrics = await bed.application.server.metrics()
            #expect(metrics.connectionsDisplaced >= 1)
            #expect(metrics.connectionsRefused == 0)
            #expect(metrics.connections <= 8)
            for client in slow { await client.close() }
        }
    }

    @Test("never ends a request that is being served, and closes the newcomer instead")
    func servedStay() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in [] }
        try await GatewayBed.run(.primary(at: upstream) { $0.limits.connectionsMax = 2 }) { bed in
            let clients = [try await bed.connect(), try await bed.connect()]
            for client in clients { try await client.send(bed.request()) }
            try await until("both are being served") { upstream.requests.count == 2 }
            let newcomer = try await bed.connect()
            try await #expect(newcomer.rest() == "")
            #expect(await bed.application.server.metrics().connectionsRefused == 1)
            upstream.push(UpstreamText.answer())
            for client in clients { try await #expect(client.answer().status == 200) }
            for client in clients + [newcomer] { await client.close() }
        }
        await upstream.stop()
    }

    @Test("lets the kept connection of a client go before that of one whose body still comes in time")
    func oldestFirst() async throws {
        try await GatewayBed.run(.init { $0.limits.connectionsMax = 2 }) { bed in
            let kept = try await bed.connect()
            try await kept.send(bed.request())
            try await #expect(kept.answer().status == 200)
            let sending = try await bed.connect()
            let request = bed.request()
            try await sending.send(String(request.dropLast(10)))
            try await until("both are connected") { await bed.application.server.metrics().connections == 2 }
            try await #expect(bed.get("/healthz").status == 200)
            try await sending.send(String(request.suffix(10)))
            try await #expect(sending.answer().status == 200)
            try await #expect(kept.rest() == "")
            await kept.close()
            await sending.close()
        }
    }
}
