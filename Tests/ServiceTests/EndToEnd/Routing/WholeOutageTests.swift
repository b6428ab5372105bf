// SPDX-License-Identifier: Apache-2.0

import Gateway
import Records
import Testing

@Suite("A world without a working cloud")
struct WholeOutageTests {
    @Test("P15: gets every request an answer under load, and all are served again once the clouds are back")
    func recovery() async throws {
        let port = try await RecordingUpstream.deadPort()
        let setup = GatewayBed.Setup {
            $0.ports = ["azure": port, "aws": port, "oracle": port]
            $0.threads = 2
            $0.agreements = [TestAgreement.primary(spillOn: "{any_of: [capacity, outage]}")]
            $0.limits.routing.restMilliseconds = 200
            $0.limits.routing.restMillisecondsMax = 200
        }
        try await GatewayBed.run(setup) { bed in
            let statuses = try await bed.load(200, clients: 8)
            #expect(statuses.values.reduce(0, +) == 200)
            #expect(Set(statuses.keys).isSubset(of: [502, 503]))
            try await #expect(bed.get("/healthz").status == 200)

            let back = try await RecordingUpstream.start(port: port) { _, _ in [.send(UpstreamText.answer())] }
            try await until("a request is served") { try await bed.chat().status == 200 }
            // The others are probed when they are next needed.
            try await until("the primary works on every event loop") {
                _ = try await bed.chat()
                return await bed.routing.resting["azure-reserved"] == nil
            }
            try await #expect(bed.load(40) == [200: 40])
            try await #expect(bed.chat()["x-concordat-ground"] == "primary")
            try await bed.settled()
            await back.stop()
        }
    }
}
