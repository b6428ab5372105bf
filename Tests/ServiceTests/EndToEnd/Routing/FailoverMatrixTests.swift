// SPDX-License-Identifier: Apache-2.0

import Agreement
import Foundation
import Gateway
import Providers
import Records
import Testing

/// What a primary does to a request, and whether it may leave for that.
struct FailoverCase: Sendable, CustomTestStringConvertible {
    var name: String
    var steps: [RecordingUpstream.Step]
    /// Whether it is a lack of capacity, an outage, or neither.
    var ground: Ground?
    /// The status that the client gets where the request may not leave.
    var status: Int

    var testDescription: String { name }

    private static let soon = ["retry-after-ms: 1"]

    private static func error(_ status: Int, _ code: String, headers: [String] = []) -> RecordingUpstream.Step {
        .send(
            UpstreamText.answer(
                status, #"{"error":{"code":"\#(code)","type":null,"message":"m"}}"#,
                headers: ["apim-request-id: 1"] + headers))
    }

    private static func inStream(_ code: String) -> [RecordingUpstream.Step] {
        [
            .send(
                UpstreamText.stream([
                    UpstreamText.Event.role, "data: {\"error\":{\"code\":\"\(code)\",\"message\":\"m\"}}\n\n",
                ]))
        ]
    }

    static let all: [FailoverCase] = [
        .init(
            name: "P5: no_capacity without Retry-After", steps: [error(429, "no_capacity")], ground: .capacity,
            status: 429),
        .init(
            name: "no_capacity at 503", steps: [error(503, "no_capacity", headers: soon)], ground: .capacity,
            status: 503),
        .init(name: "own quota", steps: [error(429, "RateLimitReached", headers: soon)], ground: nil, status: 429),
        .init(name: "slow_down", steps: [error(429, "slow_down", headers: soon)], ground: nil, status: 429),
        .init(name: "no credit", steps: [error(429, "insufficient_quota")], ground: nil, status: 502),
        .init(name: "no credit at 400", steps: [error(400, "billing_not_active")], ground: nil, status: 502),
        .init(name: "bad key", steps: [error(401, "401")], ground: nil, status: 502),
        .init(name: "no permission", steps: [error(403, "x")], ground: nil, status: 502),
        .init(name: "bad request", steps: [error(400, "x")], ground: nil, status: 400),
        .init(name: "too long", steps: [error(400, "context_length_exceeded")], ground: nil, status: 400),
        .init(name: "no deployment", steps: [error(404, "DeploymentNotFound")], ground: nil, status: 404),
        .init(name: "too large", steps: [error(413, "x")], ground: nil, status: 413),
        .init(name: "filter", steps: [error(400, "content_filter")], ground: nil, status: 400),
        .init(name: "408", steps: [error(408, "x")], ground: .outage, status: 408),
        .init(name: "500", steps: [error(500, "x")], ground: .outage, status: 500),
        .init(name: "502", steps: [error(502, "x")], ground: .outage, status: 502),
        .init(name: "503", steps: [error(503, "x")], ground: .outage, status: 503),
        .init(name: "504", steps: [error(504, "x")], ground: .outage, status: 504),
        .init(name: "529", steps: [error(529, "x")], ground: .outage, status: 529),
        .init(
            name: "429 of a proxy", steps: [.send(UpstreamText.answer(429, "<html>", headers: soon))], ground: nil,
            status: 429),
        .init(name: "503 of a proxy", steps: [.send(UpstreamText.answer(503, "<html>"))], ground: .outage, status: 502),
        .init(name: "closed", steps: [.close], ground: .outage, status: 502),
        .init(name: "garbage", steps: [.send("nonsense\r\n\r\n"), .close], ground: .outage, status: 502),
        .init(
            name: "cut answer", steps: [.send(String(UpstreamText.answer().dropLast(9))), .close], ground: .outage,
            status: 502),
        .init(name: "silent", steps: [], ground: nil, status: 504),
    ]

    static let streamed: [FailoverCase] = [
        .init(name: "P4: no_capacity in the stream", steps: inStream("no_capacity"), ground: .capacity, status: 200),
        .init(name: "no credit in the stream", steps: inStream("insufficient_quota"), ground: nil, status: 502),
        .init(name: "error in the stream", steps: inStream("server_error"), ground: .outage, status: 502),
        .init(
            name: "cut stream",
            steps: [.send(UpstreamText.streamHead + UpstreamText.chunk(UpstreamText.Event.role)), .close],
            ground: .outage, status: 502),
    ]
}

@Suite("Whether a request moves on")
struct FailoverMatrixTests {
    @Test(
        "P9: is decided by what happened and by the clause, for answers, streams and broken connections alike",
        arguments: ["{any_of: [capacity]}", "{any_of: [outage]}"])
    func matrix(spillOn: String) async throws {
        let named: Ground = spillOn.contains("outage") ? .outage : .capacity
        let rows =
            FailoverCase.all.map { ($0, GatewayBed.body) } + FailoverCase.all.map { ($0, GatewayBed.streamBody) }
            + FailoverCase.streamed.map { ($0, GatewayBed.streamBody) }
        let upstream = try await RecordingUpstream.start { request, _ in
            let number = request.body.firstRange(of: "row-").map {
                request.body[$0.upperBound...].prefix { $0.isNumber }
            }
            return number.flatMap { Int($0) }.map { rows[$0].0.steps } ?? [.send(UpstreamText.answer())]
        }
        let setup = GatewayBed.Setup.primary(at: upstream) {
            $0.agreements = [TestAgreement.primary(spillOn: spillOn)]
            // Only silence may run into it, however busy the machine is.
            $0.limits.answerMilliseconds = 3_000
            // What one row leaves behind is not to be seen in the next.
            $0.limits.routing.failuresMax = 1_000
            $0.limits.routing.accountFaultsMax = 1_000
        }
        try await GatewayBed.run(setup) { bed in
            for (number, (row, body)) in rows.enumerated() {
                let answer = try await bed.chat(body.replacing("Good day", with: "row-\(number) "))
                let isStream = body == GatewayBed.streamBody
                let comment = Comment(rawValue: "\(row.name), \(isStream ? "streamed" : "whole"), named \(named)")
                if row.ground == named {
                    #expect(answer.status == 200, comment)
                    #expect(answer["x-concordat-ground"] == named.name, comment)
                } else {
                    #expect(answer.status >= 400, comment)
                    if row.status != 200 { #expect(answer.status == row.status, comment) }
                }
                // Lanes that a refusal closed open again with a success, so that rows do not mix.
                try await until("the primary's window is open") {
                    if bed.window.state != .sufficient { _ = try await bed.chat() }
                    return bed.window.state == .sufficient
                }
            }
        }
        await upstream.stop()
    }

    @Test("P5: is known by what the body of a refusal says, with no Retry-After and no header of rates")
    func bodyAlone() async throws {
        let upstream = try await RecordingUpstream.start { _, _ in
            [.send(UpstreamText.answer(429, #"{"error":{"code":"no_capacity","message":"busy"}}"#))]
        }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            let start = ContinuousClock.now
            for body in [GatewayBed.body, GatewayBed.streamBody] {
                let answer = try await bed.chat(body)
                #expect(answer.status == 200)
                #expect(answer["x-concordat-ground"] == "capacity")
            }
            // A second, where the refusal states no time.
            let isOver = ContinuousClock.now - start >= .seconds(1)
            #expect(upstream.requests.count == 1 || isOver, "the lane is left alone meanwhile")
        }
        await upstream.stop()
    }

    @Test("P7: a body of two megabytes goes to the next deployment and to the next cloud, byte for byte")
    func largeBody() async throws {
        let primary = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.noCapacity())] }
        let other = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.answer())] }
        try await GatewayBed.run(.init { $0.ports = ["azure": primary.port, "aws": other.port] }) { bed in
            let body = GatewayBed.body.replacing(
                "Good day to you", with: String(repeating: "0123456789abcdef", count: 131_072))
            #expect(body.utf8.count > 2 * 1_024 * 1_024)
            let answer = try await bed.chat(body)
            #expect(answer.status == 200)
            #expect(answer["x-concordat-ground"] == "capacity")
            #expect(other.requests.map(\.body) == [body])
            #expect(primary.requests.map(\.body.utf8.count) == [body.utf8.count + 4, body.utf8.count])
        }
        await primary.stop()
        await other.stop()
    }

    @Test("P8: each attempt speaks the dialect of its own provider, with its own key and model")
    func ownDialect() async throws {
        let primary = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.noCapacity())] }
        let other = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.answer())] }
        let setup = GatewayBed.Setup {
            $0.ports = ["azure": primary.port, "aws": other.port]
            $0.environment = ["KEY_AZURE": "azure-secret", "KEY_AWS": "aws-secret"]
        }
        try await GatewayBed.run(setup) { bed in
            try await #expect(bed.chat().status == 200)
            #expect(primary.requests.map { $0["api-key"] } == ["azure-secret", "azure-secret"])
            #expect(primary.requests.map { $0.body.contains("gpt-ptu") } == [true, false])
            let request = try #require(other.requests.first)
            #expect(request["authorization"] == "Bearer aws-secret")
            #expect(request["api-key"] == nil)
            #expect(request.body == GatewayBed.body)
        }
        await primary.stop()
        await other.stop()
    }

    @Test("P14: a client is told the shortest of all waits when every cloud asks to be left alone")
    func shortestWait() async throws {
        let primary = try await RecordingUpstream.start { _, _ in [.send(UpstreamText.noCapacity("retry-after: 300"))] }
        let other = try await RecordingUpstream.start { _, _ in
            [
                .send(
                    UpstreamText.answer(
                        429, #"{"error":{"code":"throttling_error","message":"x"}}"#,
                        headers: ["retry-after: 100", "x-amzn-requestid: 1"]))
            ]
        }
        let setup = GatewayBed.Setup.primary(at: primary) {
            $0.clouds = ["azure", "aws"]
            $0.ports["aws"] = other.port
        }
        try await GatewayBed.run(setup) { bed in
            // The first meets both refusals, the second finds both lanes closed.
            for _ in 0..<2 {
                let answer = try await bed.chat()
                #expect(answer.status == 429)
                let wait = try #require(answer["retry-after"].flatMap { Int($0) })
                #expect((40...100).contains(wait))
                #expect(answer["x-should-retry"] != "false")
            }
            #expect(primary.requests.count == 1 && other.requests.count == 1)
        }
        await primary.stop()
        await other.stop()
    }
}
