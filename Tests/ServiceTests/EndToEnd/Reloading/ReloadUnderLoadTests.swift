// SPDX-License-Identifier: Apache-2.0

import Foundation
import Gateway
import Service
import Testing

@Suite("Reloads under load")
struct ReloadUnderLoadTests {
    private static let reloads = 50
    private static let workers = 6
    private static let streams = 4

    @Test("P36: fifty reloads, good and bad, lose no request and no stream; counts in are counts out")
    func fifty() async throws {
        // Streams stay open until the test ends them.
        let slow = try await RecordingUpstream.start { _, _ in
            [
                .send(
                    UpstreamText.streamHead + UpstreamText.chunk(UpstreamText.Event.role)
                        + UpstreamText.chunk(UpstreamText.Event.content("first")))
            ]
        }
        let (azure, aws) = (try await ReloadTests.serving(), try await ReloadTests.serving())
        try await ReloadBed.run(["azure": azure, "aws": aws, "slow": slow]) {
            $0.deployments["slow"] = "{upstream: slow, cloud: azure, region: r3, model: slow, publisher: openai}"
        } _: { bed in
            var clients: [RawClient] = []
            for _ in 0..<Self.streams {
                let client = try await bed.connect()
                try await client.send(bed.request(model: "slow", isStream: true))
                try await client.sees("first")
                clients.append(client)
            }
            let isOver = Switch(false)
            let served = try await withThrowingTaskGroup(of: Int.self) { group in
                for worker in 0..<Self.workers {
                    group.addTask { try await Self.work(bed, number: worker, until: isOver) }
                }
                for number in 0..<Self.reloads { try await Self.reload(bed, number) }
                isOver.set(true)
                return try await group.reduce(0, +)
            }
            #expect(served >= Self.reloads)
            // Each was asked of one upstream once, wherever the agreement was enforced or only observed.
            #expect(azure.requests.count + aws.requests.count == served)
            slow.push(
                [UpstreamText.Event.finish, UpstreamText.Event.usage, UpstreamText.Event.done]
                    .map { UpstreamText.chunk($0) }.joined() + UpstreamText.streamEnd)
            for client in clients {
                let answer = try await client.answer()
                #expect(answer.status == 200 && answer.isWhole && answer.body.hasSuffix("data: [DONE]\n\n"))
                await client.close()
            }
            try await until("nothing is in flight") {
                await bed.application.server.metrics().requestsInFlight == 0
            }
            let metrics = await bed.application.server.metrics()
            #expect(metrics.accepted == UInt64(served + Self.streams))
            #expect(metrics.placements == ["served": metrics.accepted])
            let text = try await bed.get("/metrics").body
            #expect(text.contains("concordat_config_reloads_total{result=\"applied\"} \(Self.reloads * 4 / 5)\n"))
            #expect(text.contains("concordat_config_reloads_total{result=\"refused\"} \(Self.reloads / 5)\n"))
        }
    }

    /// One of five kinds of reload; each changes something.
    private static func reload(_ bed: ReloadBed, _ number: Int) async throws {
        switch number % 5 {
        case 0:
            try ReloadBed.write("key-\(number)\n", to: bed.folder + "/key")
            try await bed.reload { $0.limits = "requests: \(1_000 + number), drain: 2s" }
        case 1:
            // The streams' own deployment is gone, and the others are renumbered.
            try await bed.reload {
                $0.deployments["slow"] = nil
                $0.deployments["aaa"] =
                    "{upstream: aws, cloud: aws, region: r\(number), model: gpt, publisher: openai, rank: 900}"
                $0.deployments["still"] = "{upstream: slow, cloud: azure, region: r4, model: x, publisher: openai}"
            }
        case 2:
            _ = try await bed.refusal { $0.limits = "requests: many" }
        case 3:
            try await bed.reload {
                $0.enforcement = ", enforcement: {deal: observe}"
                $0.deployments["azure-one"] =
                    "{upstream: azure, cloud: azure, region: r1, model: gpt, publisher: openai, upstream_model: n\(number)}"
            }
        default:
            try await bed.reload()
        }
    }

    /// Asks on one connection until it is told to stop; gives how often it was served.
    private static func work(_ bed: ReloadBed, number: Int, until isOver: Switch) async throws -> Int {
        let client = try await bed.connect()
        var served = 0
        while !isOver.isOn {
            try await client.send(bed.request(isStream: (served + number).isMultiple(of: 2)))
            let answer = try await client.answer()
            #expect(answer.status == 200 && answer.isWhole, "\(answer.body)")
            served += 1
        }
        await client.close()
        return served
    }
}
