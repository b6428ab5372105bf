// SPDX-License-Identifier: Apache-2.0

import CloudSimulator
import Foundation
import Service
import Testing

@Suite("Secrets and prompts")
struct CanaryTests {
    @Test("are in no file, answer, metric or log line, and no prompt is in the ledger (question 26)")
    func nowhere() async throws {
        let keyCanary = "sk-canary-6d1fe2"
        let promptCanary = "tell nobody 93c1ab"
        let folder = try GatewayBed.makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var seen: [String] = []
        let setup = GatewayBed.Setup {
            $0.folder = folder
            $0.environment = ["KEY_AZURE": keyCanary, "KEY_AWS": keyCanary, "KEY_ORACLE": keyCanary]
        }
        var virtualKey = ""
        try await GatewayBed.run(setup) { bed in
            virtualKey = bed.key
            let faults: [FaultRule?] = [
                nil, FaultRule(.refuse(reason: .noCapacity), lane: "gpt"), FaultRule(.refuse(reason: .auth)),
                FaultRule(.refuse(reason: .outage500)), FaultRule(.closeAtHead), FaultRule(.malformedHead),
                FaultRule(.cut(afterEvents: 1)),
            ]
            for fault in faults {
                try bed.clouds["azure"]?.setFaults(fault.map { [$0] } ?? [])
                for stream in ["true", "false"] {
                    let answer = try await bed.chat(
                        #"{"model":"gpt","stream":\#(stream),"max_tokens":3,"messages":[{"role":"user","content":"\#(promptCanary)"}]}"#
                    )
                    seen.append("\(answer)")
                }
            }
            for body in [
                #"{"model":"gpt","messages":["\#(promptCanary)""#,
                #"{"model":"x","messages":[{"content":"\#(promptCanary)"}]}"#,
            ] {
                seen.append("\(try await bed.chat(body))")
            }
            seen.append("\(try await bed.chat(key: virtualKey + "x"))")
            seen.append(try await bed.get("/metrics").body)
            seen.append("\(try await bed.order(.status))")
            try await bed.settled()
            seen += bed.logs.lines
        }
        for text in seen {
            #expect(!text.contains(keyCanary))
            #expect(!text.contains(promptCanary))
            #expect(!text.contains(virtualKey))
        }
        var files = 0
        let names = try #require(FileManager.default.enumerator(atPath: folder))
        for case let name as String in names {
            guard let data = FileManager.default.contents(atPath: folder + "/" + name) else { continue }
            files += 1
            for canary in [keyCanary, promptCanary, virtualKey] {
                #expect(data.range(of: Data(canary.utf8)) == nil, "\(name) holds \(canary)")
            }
        }
        #expect(files > 5)
    }

    @Test("P38: do not follow from an upstream that repeats them in its error")
    func echo() async throws {
        let canary = "sk-canary-6d1fe2"
        let upstream = try await RecordingUpstream.start { request, _ in
            [
                .send(
                    UpstreamText.answer(
                        401, #"{"error":{"message":"bad key \#(request["api-key"] ?? "")","code":"401"}}"#))
            ]
        }
        let setup = GatewayBed.Setup {
            $0.ports = ["azure": upstream.port]
            $0.environment = ["KEY_AZURE": canary]
        }
        try await GatewayBed.run(setup) { bed in
            let answer = try await bed.chat()
            #expect(upstream.requests.first?["api-key"] == canary)
            #expect(answer.status == 502)
            #expect(!"\(answer)".contains(canary))
            #expect(!bed.logs.lines.contains { $0.contains(canary) })
        }
        await upstream.stop()
    }
}
