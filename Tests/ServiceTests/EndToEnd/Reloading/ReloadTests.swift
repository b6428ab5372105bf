// SPDX-License-Identifier: Apache-2.0

import Agreement
import Foundation
import Gateway
import Service
import Store
import Testing

@Suite("A configuration that is reloaded")
struct ReloadTests {
    /// An upstream that answers everything, streams too.
    static func serving() async throws -> RecordingUpstream {
        try await RecordingUpstream.start { request, _ in
            [
                .send(
                    request.body.contains(#""stream":true"#)
                        ? UpstreamText.stream(UpstreamText.goodEvents) : UpstreamText.answer())
            ]
        }
    }

    @Test("P36: a rotated credential is used by the next request, and one in flight ends with the one it began with")
    func credential() async throws {
        // The first request is answered by the test.
        let azure = try await RecordingUpstream.start { request, number in
            number == 0 ? [] : [.send(UpstreamText.answer())]
        }
        try await ReloadBed.run(["azure": azure, "aws": Self.serving()]) { bed in
            let inFlight = try await bed.connect()
            try await inFlight.send(bed.request())
            try await until("the request is at the upstream") { azure.requests.count == 1 }
            try ReloadBed.write("second-key\n", to: bed.folder + "/key")
            let outcome = try await bed.reload()
            #expect(outcome == ReloadOutcome(changed: ["credentials"], adopted: [], warnings: []))
            try await #expect(bed.chat().status == 200)
            #expect(azure.requests.map { $0["api-key"] } == ["first-key", "second-key"])
            azure.push(UpstreamText.answer())
            try await #expect(inFlight.answer().status == 200)
            await inFlight.close()
            let said = bed.logs.lines.joined()
            #expect(!said.contains("first-key") && !said.contains("second-key"))
        }
    }

    @Test("P36: a bad configuration changes nothing, and one line says what is wrong with it")
    func bad() async throws {
        try await ReloadBed.run(["azure": Self.serving(), "aws": Self.serving()]) { bed in
            let before = bed.application.node.book.snapshot.facts.revision
            let refusal = try await bed.refusal {
                $0.limits = "requests: none"
                $0.deployments["other"] = "{upstream: aws, cloud: aws, region: r1, model: other, publisher: openai}"
            }
            #expect(refusal.code == .refused)
            #expect(refusal.message.contains("concordat.yaml:5:") && refusal.message.contains("no whole number"))
            try await #expect(bed.chat(model: "other").status == 404)
            try await #expect(bed.chat().status == 200)
            #expect(bed.application.node.book.snapshot.facts.revision == before)
            let lines = bed.logs.lines.filter { $0.hasPrefix("error") }
            #expect(lines.count == 1)
            #expect(lines.first?.contains("\n") == false && lines.first?.contains("no whole number") == true)
            let metrics = try await bed.get("/metrics").body
            #expect(metrics.contains("concordat_config_reloads_total{result=\"refused\"} 1\n"))
            #expect(metrics.contains("concordat_config_last_reload_success 0\n"))

            let start = ContinuousClock.now
            try await bed.reload()
            let after = try await bed.get("/metrics").body
            let seconds = (ContinuousClock.now - start).components.seconds
            #expect(after.contains("concordat_config_reloads_total{result=\"unchanged\"} 1\n"))
            #expect(after.contains("concordat_config_last_reload_success 1\n"))
            #expect((0...seconds).contains { after.contains("concordat_config_age_seconds \($0)\n") })
        }
    }

    @Test(
        "P36: a file that is cut off anywhere, as by a copy that was interrupted, publishes no part of itself",
        arguments: [1, 3, 5, 7, 9])
    func cutOff(tenths: Int) async throws {
        try await ReloadBed.run(["azure": Self.serving(), "aws": Self.serving()]) { bed in
            var text = bed.text
            text.limits = "requests: 7"
            text.deployments["zebra"] = "{upstream: aws, cloud: aws, region: r9, model: zebra, publisher: openai}"
            let yaml = Array(text.yaml.utf8)
            try ReloadBed.write(
                String(decoding: yaml.prefix(yaml.count * tenths / 10), as: UTF8.self), to: bed.file)
            await #expect(throws: ServiceError.self) { try await bed.application.reloader.reload("test") }
            try await #expect(bed.get("/v1/models").body.contains("zebra") == false)
            try await #expect(bed.chat().status == 200)
        }
    }

    @Test("P36: what is derived follows the configuration: models, and what is remembered of a key")
    func derived() async throws {
        try await ReloadBed.run(["azure": Self.serving(), "aws": Self.serving()]) { bed in
            // The gateway has met the key with both models, one of which it does not serve yet.
            try await #expect(bed.chat().status == 200)
            try await #expect(bed.chat(model: "late").status == 404)
            let outcome = try await bed.reload {
                $0.deployments["late"] = "{upstream: azure, cloud: azure, region: r2, model: late, publisher: openai}"
                $0.limits = "request_body: 1KiB, drain: 2s"
            }
            #expect(outcome.changed == ["limits", "deployments"])
            try await #expect(bed.get("/v1/models").body.contains(#""id":"late""#))
            try await #expect(bed.chat(model: "late").status == 200)
            let client = try await bed.connect()
            try await client.send(bed.request(note: String(repeating: "x", count: 2_000)))
            try await #expect(client.answer().status == 413)
            await client.close()

            try await bed.reload { $0.deployments["azure-one"] = nil }
            try await #expect(bed.get("/v1/models").body.contains(#""id":"late""#) == false)
            try await #expect(bed.chat(model: "late").status == 404)
            // The agreement binds the model to a cloud that has no deployment any more.
            try await #expect(bed.chat().errorCode == "primary_not_configured")
        }
    }

    @Test(
        "P36: what takes a restart refuses the whole, and is named",
        arguments: [
            ("threads", "`threads` is 2 and would become 3"), ("listen", "`listen` is 127.0.0.1:0 and would become"),
        ])
    func fixed(field: String, words: String) async throws {
        try await ReloadBed.run(["azure": Self.serving(), "aws": Self.serving()]) { bed in
            let refusal = try await bed.refusal {
                if field == "threads" { $0.threads = 3 } else { $0.listen = "127.0.0.1:1" }
                $0.deployments["late"] = "{upstream: azure, cloud: azure, region: r2, model: late, publisher: openai}"
            }
            #expect(refusal.code == .refused && refusal.message.contains(words))
            try await #expect(bed.chat(model: "late").status == 404)
        }
    }

    @Test("P28: a reload touches no key, no capacity window, no evidence and no count")
    func keepsState() async throws {
        let azure = try await RecordingUpstream.start { _, number in
            number == 0
                ? [.send(UpstreamText.answer(429, #"{"error":{"code":"no_capacity","message":"busy"}}"#))]
                : [.send(UpstreamText.answer())]
        }
        try await ReloadBed.run(["azure": azure, "aws": Self.serving()]) { bed in
            try await #expect(bed.chat()["x-concordat-ground"] == "capacity")
            let (before, counts) = (bed.application.node.book.snapshot.facts, await bed.application.server.metrics())
            #expect(before.windows.contains { $0.state == .constrained })
            try await bed.reload {
                $0.limits = "requests: 100, drain: 2s"
                $0.deployments["aaa"] = "{upstream: azure, cloud: azure, region: r2, model: aaa, publisher: openai}"
            }
            let after = bed.application.node.book.snapshot.facts
            let lanes = after.configuration.deployments.lanes
            for (lane, window) in zip(before.configuration.deployments.lanes, before.windows) {
                let index = try #require(lanes.firstIndex(of: lane))
                #expect(after.windows[index] == window)
            }
            let later = await bed.application.server.metrics()
            #expect(later.accepted == counts.accepted && later.placements == counts.placements)
            #expect(later.byCloud == counts.byCloud && later.spills == counts.spills)
            try await #expect(bed.chat().status == 200)
        }
    }

    @Test("P36: while the ledger can't be written, other deployments are not put in force in any part")
    func ledgerLost() async throws {
        let calls = FailingFileCalls()
        try await ReloadBed.run(
            ["azure": Self.serving(), "aws": Self.serving()], calls: calls, countsInAndOut: false
        ) { bed in
            try await #expect(bed.chat().status == 200)
            calls.setFull(true)
            let refusal = try await bed.refusal {
                $0.limits = "request_body: 1KiB, drain: 2s"
                $0.deployments["late"] = "{upstream: azure, cloud: azure, region: r2, model: late, publisher: openai}"
            }
            #expect(refusal.code == .failed)
            try await until("the facts are those before") {
                bed.application.node.book.snapshot.facts.configuration.deployments.models == ["gpt"]
            }
            // Neither the table nor the limit that came with it holds on any event loop.
            for _ in 0..<4 {
                try await #expect(bed.get("/v1/models").body.contains("late") == false)
                let client = try await bed.connect()
                try await client.send(bed.request(note: String(repeating: "x", count: 2_000)))
                try await #expect(client.answer().status == 200)
                await client.close()
            }
            // What no fact depends on can be reloaded meanwhile.
            try await #expect(bed.reload { $0.limits = "request_body: 2KiB, drain: 2s" }.changed == ["limits"])
            calls.setFull(false)
            try await until("the ledger can be written again") { bed.application.node.log.isAvailable }
            try await bed.reload {
                $0.deployments["late"] = "{upstream: azure, cloud: azure, region: r2, model: late, publisher: openai}"
            }
            try await #expect(bed.chat(model: "late").status == 200)
        }
    }
}
