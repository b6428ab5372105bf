// SPDX-License-Identifier: Apache-2.0

import CloudSimulator
import Foundation
import Gateway
import Service
import Testing

@Suite("Metrics")
struct MetricsTests {
    /// The values by their name and labels, each once.
    private static func read(_ text: String) throws -> [String: Double] {
        var values: [String: Double] = [:]
        var types: [String: String] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 3)
            if line.hasPrefix("# TYPE ") {
                #expect(types.updateValue(String(words[3]), forKey: String(words[2])) == nil, "\(line)")
            } else if !line.hasPrefix("#") {
                let end = try #require(line.lastIndex(of: " "))
                let name = String(line[..<end])
                let family = name.prefix { $0 != "{" }
                let base = ["_bucket", "_sum", "_count"].first { family.hasSuffix($0) }.map {
                    family.dropLast($0.count)
                }
                #expect(types[String(family)] != nil || types[String(base ?? family)] == "histogram", "\(line)")
                #expect(values.updateValue(try #require(Double(line[line.index(after: end)...])), forKey: name) == nil)
            }
        }
        return values
    }

    @Test("P20: follow OpenTelemetry's names for what is served, refused and failed, each request once")
    func genAI() async throws {
        let upstream = try await RecordingUpstream.start { request, _ in
            request.body.contains("fail me")
                ? [.send(UpstreamText.answer(500, #"{"error":{"message":"m","type":"server_error"}}"#))]
                : [
                    .send(
                        request.body.contains("stream")
                            ? UpstreamText.stream(UpstreamText.goodEvents) : UpstreamText.answer())
                ]
        }
        try await GatewayBed.run(.primary(at: upstream) { $0.clouds = ["azure"] }) { bed in
            _ = try await bed.chat()
            _ = try await bed.chat(GatewayBed.streamBody)
            _ = try await bed.chat(#"{"model":"gpt","messages":[{"role":"user","content":"fail me"}]}"#)
            _ = try await bed.chat(#"{"model":"tell nobody 93c1ab","messages":[]}"#)
            _ = try await bed.chat(key: "nonsense")
            try await bed.settled()
            let text = try await bed.get("/metrics").body
            let values = try Self.read(text)
            let gpt =
                #"gen_ai_operation_name="chat",gen_ai_provider_name="azure.ai.openai",gen_ai_request_model="gpt","#
                + #"cloud="azure""#
            let address = #",server_address="127.0.0.1",server_port="\#(upstream.port)""#
            #expect(values["gen_ai_server_request_duration_seconds_count{\(gpt)}"] == 2)
            #expect(values[#"gen_ai_server_request_duration_seconds_count{\#(gpt),error_type="outage"}"#] == 1)
            let refused =
                #"gen_ai_operation_name="chat",gen_ai_provider_name="concordat",gen_ai_request_model="other","#
                + #"error_type="model-not-configured""#
            #expect(values["gen_ai_server_request_duration_seconds_count{\(refused)}"] == 1)
            #expect(values["gen_ai_client_operation_duration_seconds_count{\(gpt)\(address)}"] == 2)
            #expect(
                values[#"gen_ai_client_operation_duration_seconds_count{\#(gpt)\#(address),error_type="outage"}"#] == 1)
            #expect(values[#"gen_ai_client_token_usage_sum{\#(gpt),gen_ai_token_type="input"}"#] == 14)
            #expect(values[#"gen_ai_client_token_usage_sum{\#(gpt),gen_ai_token_type="output"}"#] == 10)
            #expect(values[#"gen_ai_client_token_usage_bucket{\#(gpt),gen_ai_token_type="output",le="4.0"}"#] == 0)
            #expect(values[#"gen_ai_client_token_usage_bucket{\#(gpt),gen_ai_token_type="output",le="16.0"}"#] == 2)
            #expect(values["gen_ai_server_time_to_first_token_seconds_count{\(gpt)}"] == 1)
            #expect(values["gen_ai_server_time_per_output_token_seconds_count{\(gpt)}"] == 1)
            // What comes in is what goes out, in both families of names.
            let durations = values.filter { $0.key.hasPrefix("gen_ai_server_request_duration_seconds_count") }
            #expect(durations.values.reduce(0, +) == 4)
            #expect(values["concordat_requests_accepted_total"] == 4)
            #expect(values["concordat_request_duration_seconds_count"] == 4)
            #expect(values[#"concordat_overhead_seconds_count{stage="dispatch"}"#] == 3)
            #expect((values[#"concordat_overhead_seconds_count{stage="ledger"}"#] ?? 0) <= 4)
            #expect(values[#"concordat_http_answers_total{status="401"}"#] == 1)
            #expect(!text.contains("tell nobody"))
        }
        await upstream.stop()
    }

    @Test("tell what Prometheus users expect of a process")
    func process() async throws {
        try await GatewayBed.run { bed in
            let values = try Self.read(try await bed.get("/metrics").body)
            #expect(values[#"concordat_build_info{version="\#(Release.version)"}"#] == 1)
            #expect((values["process_cpu_seconds_total"] ?? 0) > 0)
            #expect((values["process_open_fds"] ?? 0) > 3)
            #expect((values["process_max_fds"] ?? 0) > (values["process_open_fds"] ?? 0))
            #expect((values["process_start_time_seconds"] ?? 0) > 1_500_000_000)
            #if os(Linux)
            #expect((values["process_resident_memory_bytes"] ?? 0) > 1_000_000)
            #endif
        }
    }

    @Test("and messages tell of a deployment that fails once, however many requests it fails, and of its return")
    func upstream() async throws {
        try await GatewayBed.run { bed in
            try bed.fault("azure", FaultRule(.refuse(reason: .outage500)))
            for _ in 0..<10 { _ = try await bed.chat() }
            try bed.clouds["azure"]?.setFaults([])
            func lines() -> [String] { bed.logs.lines.filter { $0.contains("azure-reserved") } }
            try await until("its return is told") {
                _ = try await bed.chat()
                return lines().contains { $0.contains("a deployment answers again") }
            }
            #expect(lines().count { $0.contains("a deployment fails and rests") } == 1, "\(lines())")
            #expect(lines().count == 2, "\(lines())")
        }
    }
}
