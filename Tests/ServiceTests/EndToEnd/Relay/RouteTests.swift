// SPDX-License-Identifier: Apache-2.0

import Records
import Service
import Testing

@Suite("A path of the gateway")
struct RouteTests {
    @Test("answers health, readiness and metrics without a key")
    func open() async throws {
        try await GatewayBed.run { bed in
            try await #expect(bed.get("/healthz").body == "ok\n")
            try await #expect(bed.get("/readyz").body == "ready\n")
            _ = try await bed.chat()
            try await bed.settled()
            let metrics = try await bed.get("/metrics")
            #expect(metrics["content-type"]?.hasPrefix("text/plain; version=0.0.4") == true)
            for line in [
                "concordat_requests_accepted_total 1", #"concordat_placements_total{outcome="served"} 1"#,
                #"concordat_placements_by_cloud_total{cloud="azure"} 1"#, "concordat_requests_in_flight 0.0",
                "concordat_ledger_available 1", #"concordat_tokens_completion_total{cloud="azure"} 5"#,
            ] {
                #expect(metrics.body.contains(line + "\n"), "\(line)")
            }
            let head = try await bed.get("/healthz", method: "HEAD")
            #expect(head.status == 200)
            #expect(head["content-length"] == "3")
        }
    }

    @Test("lists the models for a key")
    func models() async throws {
        try await GatewayBed.run { bed in
            let authorization = "authorization: Bearer \(bed.key)"
            let model = #"{"id":"gpt","object":"model","created":0,"owned_by":"openai"}"#
            try await #expect(
                bed.get("/v1/models", headers: [authorization]).body
                    == #"{"object":"list","data":[\#(model)]}"#)
            try await #expect(bed.get("/v1/models/gpt", headers: ["api-key: \(bed.key)"]).body == model)
            let unknown = try await bed.get("/v1/models/other", headers: [authorization])
            #expect(unknown.status == 404)
            #expect(unknown.errorCode == "model_not_found")
            try await #expect(bed.get("/v1/models").status == 401)
        }
    }

    @Test(
        "P32: that can't be metered is refused by name",
        arguments: [
            "GET /v1/responses/resp_1", "POST /v1/responses/resp_1/cancel", "DELETE /v1/responses/resp_1",
            "POST /v1/responses/", "GET /v1/responses/resp_1/input_items", "POST /v1/conversations",
            "POST /v1/messages", "GET /", "POST /v1/chat/completions/",
            "GET /v1/modelsx", "DELETE /v1/files/1", "GET /..//metrics",
        ])
    func notImplemented(line: String) async throws {
        try await GatewayBed.run { bed in
            let answer = try await bed.send("\(line) HTTP/1.1\r\nhost: g\r\ncontent-length: 0\r\n\r\n")
            #expect(answer.status == 501)
            #expect(answer.errorCode == "not_implemented")
            #expect(answer.errorMessage.contains(line))
            #expect(answer["x-should-retry"] == "false")
        }
    }

    @Test(
        "refuses another method",
        arguments: ["GET /v1/chat/completions", "POST /metrics", "PUT /v1/models", "GET /v1/responses"])
    func method(line: String) async throws {
        try await GatewayBed.run { bed in
            let answer = try await bed.send("\(line) HTTP/1.1\r\nhost: g\r\ncontent-length: 0\r\n\r\n")
            #expect(answer.status == 405)
            #expect(answer.errorCode == "method_not_allowed")
        }
    }

    @Test(
        "refuses who shows no key of this gateway",
        arguments: [
            "x: y", "authorization: Basic YTpi", "authorization: Bearer ", "authorization: Bearer nonsense",
            "authorization: Bearer cck_abcdefghijkm_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq",
            "api-key: ' OR 1=1 --",
            "authorization: Bearer cck_'; DROP TABLE keys;--", "x-api-key: \u{FC}",
        ])
    func unauthorized(field: String) async throws {
        try await GatewayBed.run { bed in
            let answer = try await bed.send(
                "POST /v1/chat/completions HTTP/1.1\r\nhost: g\r\n\(field)\r\ncontent-length: 2\r\n\r\n{}")
            #expect(answer.status == 401)
            #expect(answer.errorCode == "invalid_api_key")
            #expect(answer["x-should-retry"] == "false")
            #expect(bed.arrived("azure") == 0)
        }
    }

    @Test("refuses a key from the moment it is revoked")
    func revoked() async throws {
        try await GatewayBed.run { bed in
            let client = try await bed.connect()
            try await client.send(bed.request())
            try await #expect(client.answer().status == 200)
            let id = String(bed.key.split(separator: "_")[1])
            _ = await bed.application.operations.carryOut(.revokeKey(id))
            try await client.send(bed.request())
            try await #expect(client.answer().status == 401)
            await client.close()
        }
    }

    @Test(
        "refuses a body that is no chat request, with the reason",
        arguments: [
            ("", "invalid_json"), ("{", "invalid_json"), ("[]", "invalid_value"), ("{}", "invalid_value"),
            (#"{"model":"gpt"}"#, "invalid_value"), (#"{"model":7,"messages":[]}"#, "invalid_value"),
            (#"{"model":"gpt","messages":[]} x"#, "invalid_json"),
            (#"{"model":"gpt","model":"gpt","messages":[]}"#, "invalid_value"),
            (#"{"model":"gpt","messages":[],"stream":"yes"}"#, "invalid_value"),
            (#"{"model":"gpt","messages":[],"max_tokens":1e99}"#, "invalid_value"),
            (String(repeating: "[", count: 100_000), "invalid_json"),
        ])
    func badBody(body: String, code: String) async throws {
        try await GatewayBed.run { bed in
            let answer = try await bed.chat(body)
            #expect(answer.status == 400)
            #expect(answer.errorCode == code, "\(answer.body)")
            #expect(!answer.errorMessage.isEmpty)
            #expect(bed.arrived("azure") == 0)
            // The connection is good for another request.
            #expect(answer["connection"] == nil)
        }
    }

    @Test("refuses a model that nobody serves, and writes that down")
    func unknownModel() async throws {
        try await GatewayBed.run { bed in
            let answer = try await bed.chat(#"{"model":"other","messages":[]}"#)
            #expect(answer.status == 404)
            #expect(answer.errorCode == "model_not_found")
            #expect(answer["x-should-retry"] == "false")
            try await #expect(bed.refusals(1).map(\.reason) == ["model-not-configured"])
        }
    }
}
