// SPDX-License-Identifier: Apache-2.0

import Foundation
import Gateway
import Providers
import Records
import Testing

@Suite("A deployment that fails")
struct HealthTests {
    @Test("P15: is left alone and probed; requests are told at once, and are served again when it comes back")
    func failFast() async throws {
        let port = try await RecordingUpstream.deadPort()
        let setup = GatewayBed.Setup {
            $0.ports = ["azure": port]
            $0.hasReservedLane = false
            $0.limits.routing.failuresMax = 3
            $0.limits.routing.restMilliseconds = 2_000
            $0.limits.routing.restMillisecondsMax = 2_000
        }
        try await GatewayBed.run(setup) { bed in
            for _ in 0..<3 { try await #expect(bed.chat().status == 502) }
            // Where the rest was over before the next one came, that one was the probe, and the rest began anew.
            var answer = try await bed.chat()
            try await until("one is told at once") {
                if answer.status == 502 { answer = try await bed.chat() }
                return answer.status != 502
            }
            #expect(answer.status == 503)
            #expect(answer.errorCode == "upstream_unavailable")
            #expect(answer["x-should-retry"] == "true")
            let wait = try #require(answer["retry-after-ms"].flatMap { Int($0) })
            #expect((1...2_400).contains(wait))
            let refusal = try #require(try await bed.refusals(1).first)
            #expect(refusal.reason == "upstream-unavailable")
            #expect(refusal.passedOver == [PassedOver("azure-on-demand", .failing)])
            #expect(bed.arrived("aws") == 0, "health permits nothing")
            let told = bed.logs.lines.filter { $0.contains("azure-on-demand") }
            #expect(told.count == 1, "\(told)")
            for part in [
                "warning", "a deployment fails and rests", "address\": 127.0.0.1:\(port)", "cause\": no connection",
                "mend\": see that the provider runs",
            ] {
                #expect(told.first?.contains(part) == true, "\(part) in \(told)")
            }
            let metrics = try await bed.get("/metrics").body
            #expect(metrics.contains("concordat_deployment_resting{deployment=\"azure-on-demand\"} 1\n"))

            let upstream = try await RecordingUpstream.start(port: port) { _, _ in [.send(UpstreamText.answer())] }
            try await until("a probe finds out that it works") { try await bed.chat().status == 200 }
            try await #expect(bed.load(40) == [200: 40])
            #expect(bed.logs.lines.contains { $0.contains("a deployment answers again") })
            await #expect(bed.routing.resting.isEmpty)
            await upstream.stop()
        }
    }

    @Test("is known to all event loops once one has found it out, and so is that it works again")
    func allLoops() async throws {
        let port = try await RecordingUpstream.deadPort()
        let setup = GatewayBed.Setup {
            $0.ports = ["azure": port]
            $0.hasReservedLane = false
            $0.threads = 3
            $0.limits.routing.restMilliseconds = 300
            $0.limits.routing.restMillisecondsMax = 300
        }
        try await GatewayBed.run(setup) { bed in
            // All on one connection, and so on one loop.
            try await #expect(bed.load(5, clients: 1) == [502: 5])
            let resting = "concordat_deployment_resting{deployment=\"azure-on-demand\"}"
            try await #expect(bed.get("/metrics").body.contains("\(resting) 1\n"))
            try await until("all loops know") { await bed.routing.resting == ["azure-on-demand": 3] }
            try await #expect(bed.get("/metrics").body.contains("\(resting) 1\n"), "however many know it")
            #expect(bed.logs.lines.count { $0.contains("a deployment fails and rests") } == 1)
            let upstream = try await RecordingUpstream.start(port: port) { _, _ in [.send(UpstreamText.answer())] }
            try await until("a probe finds out that it works") { try await bed.chat().status == 200 }
            try await until("all loops know that too") { await bed.routing.resting.isEmpty }
            try await #expect(bed.get("/metrics").body.contains("\(resting) 0\n"))
            #expect(bed.logs.lines.count { $0.contains("a deployment answers again") } == 1)
            await upstream.stop()
        }
    }

    @Test("is passed over for another that the decision lists, and the ledger says so")
    func passedOver() async throws {
        let upstream = try await RecordingUpstream.start { request, _ in
            request.body.contains("ptu") ? [.send(UpstreamText.unavailable)] : [.send(UpstreamText.answer())]
        }
        let setup = GatewayBed.Setup {
            $0.ports = ["azure": upstream.port]
            $0.limits.routing.restMilliseconds = 60_000
            $0.limits.routing.restMillisecondsMax = 60_000
        }
        try await GatewayBed.run(setup) { bed in
            try await #expect(bed.load(40, clients: 1) == [200: 40])
            let placements = try await bed.placements(40)
            #expect(placements.prefix(5).allSatisfy { $0.attempts.count == 2 && $0.passedOver.isEmpty })
            let rest = placements.dropFirst(5)
            #expect(rest.allSatisfy { $0.passedOver == [PassedOver("azure-reserved", .failing)] && !$0.isSpill })
            #expect(bed.arrived("aws") == 0)
        }
        await upstream.stop()
    }

    @Test("but answers is asked all the same where nothing else is listed: it has the words for it")
    func nothingElse() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.unavailable)] }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            try await #expect(bed.load(20, clients: 1) == [503: 20])
            #expect(upstream.requests.count == 20)
        }
        await upstream.stop()
    }

    @Test(
        "P6: a request fails over itself where a clause names an outage, and no request is lost",
        arguments: [true, false])
    func outage(isDead: Bool) async throws {
        let upstream = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.unavailable)] }
        let port = isDead ? try await RecordingUpstream.deadPort() : upstream.port
        let setup = GatewayBed.Setup {
            $0.ports = ["azure": port]
            $0.agreements = [TestAgreement.primary(spillOn: "{any_of: [outage]}")]
        }
        try await GatewayBed.run(setup) { bed in
            for body in [GatewayBed.body, GatewayBed.streamBody] {
                let first = try await bed.chat(body)
                #expect(first.status == 200)
                #expect(first["x-concordat-ground"] == "outage")
                #expect(first["x-concordat-deployment"] == "aws-on-demand")
            }
            try await #expect(bed.load(200) == [200: 200])
            let placements = try await bed.placements(202)
            #expect(placements.allSatisfy { $0.isSpill && $0.ground == "outage" && $0.clause == "deal/primary" })
            // Each has met the outage itself: that is the evidence.
            #expect(placements.allSatisfy { $0.attempts.dropLast().last?.signal == SignalClass.outage.rawValue })
        }
        await upstream.stop()
    }

    @Test("never opens another cloud where no clause names an outage", arguments: ["dead", "500", "503", "closed"])
    func noGround(kind: String) async throws {
        let upstream = try await RecordingUpstream.start { _, _ in
            kind == "closed" ? [.close] : [.send(UpstreamText.answer(Int(kind) ?? 0, "{}"))]
        }
        let port = kind == "dead" ? try await RecordingUpstream.deadPort() : upstream.port
        try await GatewayBed.run(.init { $0.ports = ["azure": port] }) { bed in
            let statuses = try await bed.load(100)
            #expect(statuses[200] == nil)
            #expect(bed.arrived("aws") + bed.arrived("oracle") == 0)
        }
        await upstream.stop()
    }

    @Test(
        "P10: hundreds of faulty requests of a client change nothing for the others", arguments: [400, 404, 413, 422])
    func poison(status: Int) async throws {
        let upstream = try await RecordingUpstream.start { request, _ in
            guard request.body.contains("poison") else { return [.send(UpstreamText.answer())] }
            return [
                .send(
                    UpstreamText.answer(
                        status,
                        #"{"error":{"type":"invalid_request_error","code":"context_length_exceeded","message":"x"}}"#))
            ]
        }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let poison = GatewayBed.body.replacing("Good day", with: "poison")
            try await #expect(bed.load(400, body: poison) == [status: 400])
            await #expect(bed.routing.resting.isEmpty)
            try await #expect(bed.load(8) == [200: 8])
            await #expect(bed.routing.furtherAttempts == 0, "nobody else is asked")
        }
        await upstream.stop()
    }

    @Test(
        "P11: an account without credit or with a bad key is left alone, said once, and never a ground",
        arguments: [(400, "billing_not_active"), (429, "insufficient_quota"), (402, "x"), (401, "invalid_api_key")])
    func account(status: Int, code: String) async throws {
        let isPaid = Switch(false)
        let upstream = try await RecordingUpstream.start { _, _ in
            isPaid.isOn
                ? [.send(UpstreamText.answer())]
                : [.send(UpstreamText.answer(status, #"{"error":{"code":"\#(code)","type":null,"message":"pay"}}"#))]
        }
        let setup = GatewayBed.Setup {
            $0.ports = ["azure": upstream.port]
            $0.limits.routing.accountRestMilliseconds = 2_000
            $0.limits.routing.accountRestMillisecondsMax = 2_000
            $0.agreements = [TestAgreement.primary(spillOn: "{any_of: [capacity, outage]}")]
        }
        try await GatewayBed.run(setup) { bed in
            let statuses = try await bed.load(100)
            #expect(statuses == [502: 100])
            #expect(upstream.requests.count < 40, "a few probes at most")
            let answer = try await bed.chat()
            #expect(answer.errorCode == "upstream_account")
            #expect(!answer.body.contains("pay"))
            #expect(bed.logs.lines.count { $0.contains("a provider refuses the account") } == 1)
            let told = bed.logs.lines.filter { $0.contains("upstream azure") || $0.contains("azure-") }
            #expect(told.count == 1, "\(told)")
            #expect(told.first?.contains("cause\": HTTP \(status), ") == true)
            #expect(told.first?.contains(status == 401 ? "mend\": give the upstream a valid key" : "credit") == true)
            #expect(bed.arrived("aws") + bed.arrived("oracle") == 0)
            let metrics = try await bed.get("/metrics").body
            #expect(metrics.contains("concordat_account_faults_total{account=\"upstream azure\"}"))
            #expect(metrics.contains("concordat_account_resting{account=\"upstream azure\"} 1\n"))
            #expect(metrics.contains("concordat_account_resting{account=\"upstream aws\"} 0\n"))
            isPaid.set(true)
            try await until("the account works") { try await bed.chat().status == 200 }
            #expect(bed.logs.lines.contains { $0.contains("a provider takes the account again") })
            try await until("no loop lets it rest") {
                try await bed.get("/metrics").body.contains("concordat_account_resting{account=\"upstream azure\"} 0\n")
            }
        }
        await upstream.stop()
    }

    @Test("that answers again with a refusal of the account is said to answer, and not to work")
    func answersWithRefusal() async throws {
        let isBack = Switch(false)
        let upstream = try await RecordingUpstream.start { _, _ in
            [
                .send(
                    isBack.isOn
                        ? UpstreamText.answer(401, #"{"error":{"code":"invalid_api_key","message":"x"}}"#)
                        : UpstreamText.unavailable)
            ]
        }
        let setup = GatewayBed.Setup.primary(at: upstream) {
            $0.limits.routing.failuresMax = 1
            $0.limits.routing.restMilliseconds = 10
            $0.limits.routing.restMillisecondsMax = 10
            $0.limits.routing.accountFaultsMax = 2
        }
        try await GatewayBed.run(setup) { bed in
            try await #expect(bed.chat().status == 503)
            isBack.set(true)
            try await until("the account rests") {
                _ = try await bed.chat()
                return bed.logs.lines.contains { $0.contains("a provider refuses the account") }
            }
            let answered = bed.logs.lines.filter { $0.contains("a deployment answers again and rests no more") }
            #expect(answered.count == 1 && answered[0].contains("answer\": HTTP 401, auth"), "\(answered)")
            #expect(!bed.logs.lines.contains { $0.contains("works") || $0.contains("serves again") })
        }
        await upstream.stop()
    }

    @Test("P11: an account that is taken again while the primary is full leaves it at once, as agreed")
    func accountOfFullPrimary() async throws {
        let isTaken = Switch(false)
        let upstream = try await RecordingUpstream.start { _, _ in
            let refusal = #"{"error":{"code":"invalid_api_key","message":"x"}}"#
            return [
                .send(isTaken.isOn ? UpstreamText.noCapacity("retry-after: 60") : UpstreamText.answer(401, refusal))
            ]
        }
        let setup = GatewayBed.Setup.primary(at: upstream) {
            $0.limits.routing.accountRestMilliseconds = 200
            $0.limits.routing.accountRestMillisecondsMax = 200
        }
        try await GatewayBed.run(setup) { bed in
            try await #expect(bed.load(20, clients: 1) == [502: 20])
            isTaken.set(true)
            try await until("a probe finds out that the account is taken") { try await bed.chat().status == 200 }
            try await #expect(bed.load(40) == [200: 40])
            await #expect(bed.routing.accountsResting.isEmpty)
            #expect(bed.logs.lines.contains { $0.contains("a provider takes the account again") })
        }
        await upstream.stop()
    }

    @Test("P12: never meets the same request twice, whatever is listed again")
    func neverTwice() async throws {
        let upstream = try await RecordingUpstream.start { _, number in
            [.send(number.isMultiple(of: 2) ? UpstreamText.unavailable : UpstreamText.noCapacity("retry-after: 0"))]
        }
        let port = upstream.port
        let setup = GatewayBed.Setup {
            $0.ports = ["azure": port, "aws": port, "oracle": port]
            $0.agreements = [TestAgreement.primary(spillOn: "{any_of: [capacity, outage]}")]
        }
        try await GatewayBed.run(setup) { bed in
            _ = try await bed.load(60)
            for placement in try await bed.placements(1) {
                let names = placement.attempts.map(\.deployment)
                #expect(Set(names).count == names.count)
            }
        }
        await upstream.stop()
    }
}
