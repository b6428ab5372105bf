// SPDX-License-Identifier: Apache-2.0

import CloudSimulator
import Gateway
import Providers
import Records
import Testing

@Suite("P16: State that lies at one provider")
struct BoundStateTests {
    /// A primary that serves responses with an identifier and encrypted reasoning of its own, or lacks capacity.
    private func primary(_ isFull: Switch, retryAfter: Int = 0) async throws -> RecordingUpstream {
        try await RecordingUpstream.start { _, number in
            guard !isFull.isOn else {
                let error = #"{"error":{"code":"no_capacity","message":"busy"}}"#
                return [
                    .send(
                        UpstreamText.answer(
                            429, error, headers: ["retry-after: \(retryAfter)", "apim-request-id: 1"]))
                ]
            }
            return [
                .send(UpstreamText.answer(200, OperationText.response(id: "resp_a\(number)", encrypted: "AZ\(number)")))
            ]
        }
    }

    private static let plain = #"{"model":"gpt","input":"x"}"#

    private static func following(_ id: String) -> String {
        #"{"model":"gpt","input":"x","previous_response_id":"\#(id)"}"#
    }

    private static func encrypted(_ contents: String...) -> String {
        let items = contents.map { #"{"type":"reasoning","summary":[],"encrypted_content":"\#($0)"}"# }
        return #"{"model":"gpt","store":false,"#
            + #""input":[\#(items.joined(separator: ",")),{"role":"user","content":"x"}]}"#
    }

    @Test(
        "never leaves the primary, known or not: the client gets the primary's error, and the ledger the reason",
        arguments: [
            following("resp_a0"), following("resp_unknown"), encrypted("AZ0"), encrypted("unknown"),
            #"{"model":"gpt","input":"x","conversation":"conv_1"}"#,
            #"{"model":"gpt","input":[{"role":"user","content":[{"type":"input_file","file_id":"f"}]}]}"#,
            #"{"model":"gpt","input":[{"type":"item_reference","id":"msg_resp_a0"}]}"#,
        ])
    func staysOnPrimary(body: String) async throws {
        let isFull = Switch(false)
        let upstream = try await primary(isFull)
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            try await #expect(bed.post("/v1/responses", Self.plain).status == 200)
            isFull.set(true)
            let answer = try await bed.post("/v1/responses", body)
            #expect(answer.status == 429)
            #expect(answer["retry-after"] != nil)
            #expect(bed.arrived("aws") + bed.arrived("oracle") == 0)
            let placement = try await bed.placements(2)[1]
            #expect(placement.passedOver.contains { $0.reason == .stateBound })
            #expect(placement.passedOver.map(\.deployment) == ["aws-on-demand", "oracle-on-demand"])
            #expect(!placement.isSpill)
            // What brings everything along may leave.
            let free = try await bed.post("/v1/responses", Self.plain)
            #expect(free["x-concordat-deployment"] == "aws-on-demand")
            try await #expect(bed.placements(3)[2].passedOver.isEmpty)
        }
        await upstream.stop()
    }

    @Test("that was left on another cloud is not looked for on the primary, which would not know it")
    func leftElsewhere() async throws {
        let isFull = Switch(false)
        isFull.set(true)
        let upstream = try await primary(isFull)
        let aws = try await RecordingUpstream.start { _, _ in
            [.send(UpstreamText.answer(200, OperationText.response(id: "resp_w", encrypted: "WW")))]
        }
        try await GatewayBed.run(.primary(at: upstream) { $0.ports["aws"] = aws.port }) { bed in
            let first = try await bed.post("/v1/responses", Self.plain)
            #expect(first["x-concordat-deployment"] == "aws-on-demand")
            isFull.set(false)
            // The window says that the primary may be full for a second: the follow-up goes where its state lies, or
            // is refused for it, and never to the primary.
            let before = upstream.requests.count
            for body in [Self.following("resp_w"), Self.encrypted("WW"), Self.following("msg_resp_w")] {
                let answer = try await bed.post("/v1/responses", body)
                if answer.status == 200 {
                    #expect(answer["x-concordat-deployment"] == "aws-on-demand")
                } else {
                    #expect(answer.status == 409)
                    #expect(answer.errorCode == "state_bound")
                    #expect(answer["x-should-retry"] == "false")
                }
            }
            #expect(upstream.requests.count == before)
            // The primary serves again, and its window closes: the terms let nothing leave it any more.
            try await until("the follow-up is refused") {
                _ = try await bed.post("/v1/responses", Self.plain)
                return try await bed.post("/v1/responses", Self.following("resp_w")).status == 409
            }
            let reasons = try await bed.refusals(1).map(\.reason)
            #expect(Set(reasons) == ["state-bound"])
            #expect(upstream.requests.allSatisfy { !$0.body.contains("resp_w") })
        }
        await upstream.stop()
        await aws.stop()
    }

    @Test("that was left in a stream is known as well")
    func leftInStream() async throws {
        let isFull = Switch(false)
        isFull.set(true)
        let upstream = try await primary(isFull, retryAfter: 60)
        let done = OperationText.event(
            "response.output_item.done",
            #""sequence_number":3,"output_index":0,"item":{"id":"rs_s","type":"reasoning","encrypted_content":"SS"}"#)
        let aws = try await RecordingUpstream.start { _, _ in
            [.send(OperationText.stream(OperationText.created, OperationText.delta, done, OperationText.completed))]
        }
        try await GatewayBed.run(.primary(at: upstream) { $0.ports["aws"] = aws.port }) { bed in
            for body in [
                OperationText.responseStreamBody, Self.following("resp_s"), Self.encrypted("SS"),
            ] {
                let answer = try await bed.post("/v1/responses", body)
                #expect(answer.status == 200)
                #expect(answer["x-concordat-deployment"] == "aws-on-demand")
            }
            // Nobody knows this one, so that it stays on the primary, which asked not to be called for a minute.
            let unknown = try await bed.post("/v1/responses", Self.following("resp_other"))
            #expect(unknown.status == 429)
            #expect(unknown.errorCode == "state_bound")
            #expect(Int(unknown["retry-after"] ?? "") ?? 0 > 30)
            try await #expect(bed.refusals(1).map(\.reason) == ["state-bound"])
            #expect(upstream.requests.count == 1)
        }
        await upstream.stop()
        await aws.stop()
    }

    @Test("that lies at two places can be read at none, and the client is told so")
    func divided() async throws {
        let isFull = Switch(false)
        let upstream = try await primary(isFull, retryAfter: 60)
        let aws = try await RecordingUpstream.start { _, _ in
            [.send(UpstreamText.answer(200, OperationText.response(id: "resp_w", encrypted: "WW")))]
        }
        try await GatewayBed.run(.primary(at: upstream) { $0.ports["aws"] = aws.port }) { bed in
            try await #expect(bed.post("/v1/responses", Self.plain)["x-concordat-deployment"] == "azure-on-demand")
            isFull.set(true)
            try await #expect(bed.post("/v1/responses", Self.plain)["x-concordat-deployment"] == "aws-on-demand")
            let arrived = aws.requests.count + upstream.requests.count
            let answer = try await bed.post("/v1/responses", Self.encrypted("AZ0", "WW"))
            #expect(answer.status == 409)
            #expect(answer.errorCode == "state_bound")
            #expect(aws.requests.count + upstream.requests.count == arrived)
        }
        await upstream.stop()
        await aws.stop()
    }

    /// How the place where state lies stops working.
    enum Failure: String, CaseIterable {
        case dead, outage, account
    }

    @Test(
        "goes to no other cloud while its place fails and rests, whether a clause names outages or not",
        arguments: Failure.allCases, ["{any_of: [capacity]}", "{any_of: [capacity, outage]}"])
    func restingHome(failure: Failure, grounds: String) async throws {
        let port = try await RecordingUpstream.deadPort()
        let fails = Switch(false)
        let upstream = try await RecordingUpstream.start(port: port) { _, _ in
            guard fails.isOn else {
                return [.send(UpstreamText.answer(200, OperationText.response(id: "resp_a", encrypted: "AA")))]
            }
            let refusal = #"{"error":{"code":"invalid_api_key","message":"x"}}"#
            return [.send(failure == .outage ? UpstreamText.unavailable : UpstreamText.answer(401, refusal))]
        }
        let setup = GatewayBed.Setup.primary(at: upstream) {
            $0.agreements = [TestAgreement.primary(spillOn: grounds)]
            $0.limits.routing.failuresMax = 2
            $0.limits.routing.restMilliseconds = 60_000
            $0.limits.routing.restMillisecondsMax = 60_000
            $0.limits.routing.accountFaultsMax = 2
            $0.limits.routing.accountRestMilliseconds = 60_000
        }
        try await GatewayBed.run(setup) { bed in
            try await #expect(bed.post("/v1/responses", Self.plain).status == 200)
            if failure == .dead { await upstream.stop() }
            fails.set(true)
            for _ in 0..<2 { _ = try await bed.post("/v1/responses", Self.plain) }
            let routing = await bed.routing
            #expect(routing.resting.isEmpty == (failure == .account))
            #expect(routing.accountsResting.isEmpty == (failure != .account))
            let elsewhere = bed.arrived("aws") + bed.arrived("oracle")
            for body in [Self.following("resp_a"), Self.encrypted("AA"), Self.following("resp_unknown")] {
                let answer = try await bed.post("/v1/responses", body)
                let mayLeave = grounds.contains("outage")
                switch failure {
                case .dead:
                    #expect(answer.status == (mayLeave ? 502 : 503))
                    #expect(answer.errorCode == "upstream_unavailable")
                case .outage: #expect(answer.status == 503)
                case .account:
                    #expect(answer.status == 502)
                    #expect(answer.errorCode == "upstream_account")
                }
                #expect(bed.arrived("aws") + bed.arrived("oracle") == elsewhere)
            }
            if failure == .dead, !grounds.contains("outage") {
                let refusal = try #require(try await bed.refusals(3).last)
                #expect(refusal.reason == "upstream-unavailable")
                #expect(refusal.passedOver == [PassedOver("azure-on-demand", .failing)])
            }
            // What brings everything along leaves where a clause lets it.
            if failure != .account, grounds.contains("outage") {
                let free = try await bed.post("/v1/responses", Self.plain)
                #expect(free["x-concordat-deployment"] == "aws-on-demand")
                let bound = try await bed.placements(7)[3...5]
                #expect(bound.allSatisfy { $0.passedOver.contains(PassedOver("aws-on-demand", .stateBound)) })
                #expect(bound.allSatisfy { !$0.isSpill })
            }
        }
        await upstream.stop()
    }

    @Test("that was left on another cloud, which rests now, goes neither to a third one nor back to the primary")
    func restingElsewhere() async throws {
        let isFull = Switch(false)
        isFull.set(true)
        let upstream = try await primary(isFull, retryAfter: 60)
        let aws = try await RecordingUpstream.start(port: try await RecordingUpstream.deadPort()) { _, _ in
            [.send(UpstreamText.answer(200, OperationText.response(id: "resp_w")))]
        }
        let setup = GatewayBed.Setup.primary(at: upstream) {
            $0.ports["aws"] = aws.port
            $0.limits.routing.failuresMax = 1
            $0.limits.routing.restMilliseconds = 60_000
            $0.limits.routing.restMillisecondsMax = 60_000
        }
        try await GatewayBed.run(setup) { bed in
            try await #expect(bed.post("/v1/responses", Self.plain)["x-concordat-deployment"] == "aws-on-demand")
            await aws.stop()
            _ = try await bed.post("/v1/responses", Self.plain)
            await #expect(bed.routing.resting == ["aws-on-demand": 1])
            let elsewhere = bed.arrived("oracle") + upstream.requests.count
            let answer = try await bed.post("/v1/responses", Self.following("resp_w"))
            #expect(answer.status == 503)
            #expect(answer.errorCode == "upstream_unavailable")
            #expect(bed.arrived("oracle") + upstream.requests.count == elsewhere)
            let refusal = try #require(try await bed.refusals(1).first)
            #expect(refusal.passedOver.contains(PassedOver("aws-on-demand", .failing)))
            #expect(refusal.passedOver.contains(PassedOver("oracle-on-demand", .stateBound)))
        }
        await upstream.stop()
    }

    @Test("is known to every event loop")
    func loops() async throws {
        let isFull = Switch(false)
        isFull.set(true)
        let upstream = try await primary(isFull, retryAfter: 60)
        let aws = try await RecordingUpstream.start { _, _ in
            [.send(UpstreamText.answer(200, OperationText.response(id: "resp_w")))]
        }
        let setup = GatewayBed.Setup.primary(at: upstream) {
            $0.ports["aws"] = aws.port
            $0.threads = 3
        }
        try await GatewayBed.run(setup) { bed in
            try await #expect(bed.post("/v1/responses", Self.plain).status == 200)
            // Each on a connection of its own, which the loops take in turn.
            for _ in 0..<9 {
                let answer = try await bed.post("/v1/responses", Self.following("resp_w"))
                #expect(answer["x-concordat-deployment"] == "aws-on-demand")
            }
        }
        await upstream.stop()
        await aws.stop()
    }
}
