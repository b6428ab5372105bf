// SPDX-License-Identifier: Apache-2.0

import CloudSimulator
import Foundation
import Service
import Testing

@Suite("The access log")
struct AccessLogTests {
    private static let parent = "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    /// Runs a gateway with an access log, and gives the log's objects.
    private static func lines(
        sample: Int = 1, _ change: (inout GatewayBed.Setup) -> Void = { _ in },
        _ body: (GatewayBed) async throws -> Void
    ) async throws -> [[String: Any]] {
        let folder = try GatewayBed.makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = folder + "/access.log"
        let setup = GatewayBed.Setup {
            $0.accessLog = AccessLogSettings(file: file, sample: sample)
            change(&$0)
        }
        try await GatewayBed.run(setup, body)
        return try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
    }

    @Test("has one line for each request, whatever became of it, and says so in its words")
    func everyRequest() async throws {
        var decisions: [String] = []
        let lines = try await Self.lines { bed in
            decisions.append(try await bed.chat(headers: [Self.parent])["x-concordat-decision"] ?? "")
            decisions.append(try await bed.chat(GatewayBed.streamBody)["x-concordat-decision"] ?? "")
            try bed.fault("azure", FaultRule(.refuse(reason: .noCapacity)))
            decisions.append(try await bed.chat()["x-concordat-decision"] ?? "")
            try bed.clouds["azure"]?.setFaults([])
            _ = try await bed.chat(#"{"model":"unheard-of","messages":[]}"#)
            _ = try await bed.chat("{")
            _ = try await bed.chat(key: "nonsense")
            _ = try await bed.send("not http\r\n\r\n")
            try await bed.settled()
        }
        #expect(
            lines.map { $0["outcome"] as? String } == ["served", "served", "served", "refused"]
                + Array(repeating: "rejected", count: 3))
        #expect(lines.prefix(3).map { $0["decision"] as? String } == decisions)
        let first = try #require(lines.first)
        #expect(first["model"] as? String == "gpt")
        #expect(first["operation"] as? String == "chat")
        #expect(first["cloud"] as? String == "azure")
        #expect(first["deployment"] as? String == "azure-reserved")
        #expect(first["ground"] as? String == "primary")
        #expect(first["status"] as? Int == 200)
        #expect(first["output_tokens"] as? Int == 5)
        #expect(first["attempts"] as? Int == 1)
        #expect(first["trace_id"] as? String == "4bf92f3577b34da6a3ce929d0e0e4736")
        #expect(first["parent_id"] as? String == "00f067aa0ba902b7")
        #expect((first["span_id"] as? String)?.count == 16)
        #expect((first["key"] as? String)?.count == 12)
        for name in ["duration_ms", "dispatch_ms", "ledger_ms"] {
            #expect((first[name] as? Double ?? -1) >= 0, "\(name)")
        }
        #expect(lines[1]["stream"] as? Bool == true)
        #expect(lines[1]["first_token_ms"] != nil)
        #expect(lines[2]["cloud"] as? String == "aws")
        #expect(lines[2]["ground"] as? String == "capacity")
        #expect(lines[3]["model"] as? String == "other")
        #expect(lines[3]["reason"] as? String == "model-not-configured")
        #expect(lines.suffix(3).map { $0["status"] as? Int } == [400, 401, 400])
        #expect(lines.suffix(3).map { $0["code"] as? String } == ["invalid_json", "invalid_api_key", "malformed_http"])
    }

    @Test("with a sample leaves out what was served, and nothing else")
    func sampled() async throws {
        let lines = try await Self.lines(sample: 5) { bed in
            for _ in 0..<10 { _ = try await bed.chat() }
            for _ in 0..<3 { _ = try await bed.chat(#"{"model":"x","messages":[]}"#) }
            try await bed.settled()
        }
        #expect(lines.count { $0["outcome"] as? String == "served" } == 2)
        #expect(lines.count { $0["outcome"] as? String == "refused" } == 3)
    }

    @Test("P29: on a full disk holds up no request, and /metrics says how many lines are lost")
    func full() async throws {
        let setup = GatewayBed.Setup { $0.accessLog = AccessLogSettings(file: "/dev/full") }
        try await GatewayBed.run(setup) { bed in
            for _ in 0..<20 { try await #expect(bed.chat().status == 200) }
            try await until("people are told") { bed.logs.lines.contains { $0.contains("/dev/full takes no lines") } }
            let metrics = try await bed.get("/metrics").body
            #expect(metrics.contains("concordat_access_log_lines_total 0\n"))
            #expect(metrics.contains("concordat_access_log_lost_total "))
        }
    }
}
