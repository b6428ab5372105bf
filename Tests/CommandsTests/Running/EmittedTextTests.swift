// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite("Everything that a gateway prints or writes", .serialized)
struct EmittedTextTests {
    /// What must be nowhere: secrets and words of clients, each with the forms in which it might come out.
    private struct Canary {
        var name: String
        var forms: [Data]

        init(_ name: String, _ text: String) {
            self.name = name
            let bytes = Data(text.utf8)
            let json = text.replacing("\"", with: "\\\"").replacing("/", with: "\\/")
            let hexadecimal = bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
            forms = [bytes, Data(json.utf8), Data(hexadecimal.utf8), Data(hexadecimal.uppercased().utf8)]
            // Base64 by itself, and the middle of it wherever the text began within a longer one.
            for shift in 0..<3 {
                let encoded = (Data(repeating: 0x20, count: shift) + bytes).base64EncodedString()
                forms.append(Data(encoded.dropFirst(shift == 0 ? 0 : 4).dropLast(4).utf8))
            }
            forms.append(Data(text.utf8.flatMap { Array(String(format: "\\u%04x", $0).utf8) }))
        }

        /// The form that a text holds; `nil` where it holds none.
        func found(in data: Data) -> String? {
            forms.first { data.range(of: $0) != nil }.map { String(decoding: $0, as: UTF8.self) }
        }
    }

    private static let upstreamKey = "sk-upstream-canary-7d20c4e1b9"
    private static let wrongKey = "cck_abcdefghijkm_WRONGcanaryWRONGcanaryWRONGcanaryWRONGcan01"
    private static let prompt = "prompt-canary \"9a41\"/e7 tells nobody"
    private static let cookie = "cookie-canary-51f0aa37"
    private static let baggage = "baggage-canary-88be02c6"
    private static let state = "state-canary-20cd11"
    private static let conversation = "conv_canary_6bf3a9d2"
    private static let model = "model-canary-3c77d8"
    private static let query = "query-canary-b00b1e5"

    /// The bytes of one request, whole or broken.
    private static func request(_ line: String, key: String, _ fields: [String] = [], body: String) -> String {
        ([
            "\(line) HTTP/1.1", "host: g", "authorization: Bearer \(key)", "connection: close",
            "cookie: session=\(cookie)", "baggage: user=\(baggage)", "tracestate: v=\(state)",
            "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "content-length: \(body.utf8.count)",
        ] + fields).joined(separator: "\r\n") + "\r\n\r\n" + body
    }

    private static func body(_ members: String = "", model: String = "gpt-5") -> String {
        let content = prompt.replacing("\"", with: "\\\"")
        return #"{"model":"\#(model)","messages":[{"role":"user","content":"\#(content)"}],"max_tokens":8\#(members)}"#
    }

    /// Sends bytes and gives what comes back until the end.
    private static func exchange(_ port: UInt16, _ bytes: String, cutsOff: Bool = false) async -> Data {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var received = Data()
                if let connection = SocketConnection(port: port, timeoutSeconds: 60) {
                    _ = connection.send(Array(bytes.utf8))
                    while let part = connection.receive(), !part.isEmpty {
                        received.append(contentsOf: part)
                        if cutsOff { break }
                    }
                }
                continuation.resume(returning: received)
            }
        }
    }

    private static func requests(key: String) -> [String] {
        let chat = "POST /v1/chat/completions"
        return [
            request(chat, key: key, body: body()),
            request(chat, key: key, body: body(#","stream":true"#)),
            request(chat, key: key, body: body(#","user":"\#(conversation)","conversation":"\#(conversation)""#)),
            request(chat, key: key, body: body(#","previous_response_id":"\#(conversation)""#)),
            request(chat, key: key, body: body(model: model)),
            request(chat, key: key, body: body(#","messages":["twice"]"#)),
            request(chat, key: key, body: body() + prompt),
            request(chat, key: key, body: #"{"\#(conversation)":"#),
            request(chat, key: wrongKey, body: body()),
            request(chat, key: key + "x", body: body()),
            request(chat + "?\(query)=\(query)", key: key, body: body()),
            request(chat, key: key, ["content-encoding: gzip"], body: body()),
            request(chat, key: key, ["transfer-encoding: chunked"], body: body()),
            request(chat, key: key, ["\(cookie) : x"], body: body()),
            request(chat, key: key, ["expect: \(cookie)"], body: body()),
            request("GET /v1/models", key: wrongKey, body: ""),
            "\(cookie)\r\n\r\n", "POST /\(baggage)\u{1} HTTP/1.1\r\n\r\n",
        ]
    }

    @Test("P38: hold no key, prompt, answer, cookie, baggage or conversation, in no form, whatever went wrong")
    func nowhere() async throws {
        // So few tokens a minute that some requests spill.
        let bed = try await TestBed.start(azureTokensPerMinute: 60, upstreamKey: Self.upstreamKey)
        let log = bed.folder.path("access.log")
        let text = try String(contentsOfFile: bed.configuration, encoding: .utf8)
        try bed.folder.write(text + "access_log: {file: access.log}\n", to: "concordat.yaml")
        var emitted: [(place: String, text: Data)] = []
        var keys: [String] = []
        for format in ["json", "text"] {
            let gateway = try await bed.serve(
                ["--log-level", "trace", "--log-format", format], isJSON: format == "json")
            let key = try await bed.newKey()
            keys.append(key)
            for bytes in Self.requests(key: key) {
                emitted.append(("an answer", await Self.exchange(gateway.port, bytes)))
            }
            _ = await Self.exchange(
                gateway.port, Self.request("POST /v1/chat/completions", key: key, body: Self.body(#","stream":true"#)),
                cutsOff: true)
            emitted.append(
                (
                    "metrics",
                    await Self.exchange(gateway.port, "GET /metrics HTTP/1.1\r\nhost: g\r\nconnection: close\r\n\r\n")
                ))
            #expect(await gateway.process.stop() == 0, "\(gateway.process.output)")
            emitted.append(("messages", Data(gateway.process.output.utf8)))
        }
        let rows = try await concordat("ledger", "list", "--limit", "1000", "--json", "--data", bed.data).expect(0)
        emitted.append(("ledger list", Data(rows.output.utf8)))
        let decisions = Set(try rows.rows.compactMap { $0["decision"] as? String })
        #expect(decisions.count >= 10)
        #expect(try rows.rows.contains { $0["cloud"] as? String == "aws" }, "nothing spilled")
        for decision in decisions.sorted().prefix(6) {
            let shown = try await concordat("ledger", "show", decision, "--data", bed.data)
            let explained = try await concordat("explain", "--request", decision, "--data", bed.data)
            for run in [shown, explained] { emitted.append(("a command", Data((run.output + run.errors).utf8))) }
        }
        let shownConfiguration = try await concordat("check", "--config", bed.configuration)
        emitted.append(("check", Data((shownConfiguration.output + shownConfiguration.errors).utf8)))
        let written = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
        #expect(written.count >= 2 * Self.requests(key: "").count - 4, "too few lines to say anything")
        emitted.append(("the access log", Data(written.joined(separator: "\n").utf8)))
        let names = try #require(FileManager.default.enumerator(atPath: bed.data))
        for case let name as String in names {
            guard let data = FileManager.default.contents(atPath: bed.data + "/" + name) else { continue }
            emitted.append((name, data))
        }
        #expect(Set(emitted.map(\.place)).count > 12)

        let secrets = keys.enumerated().flatMap { number, key in
            [
                Canary("virtual key \(number)", key),
                Canary("its secret \(number)", String(key.split(separator: "_").last ?? "")),
            ]
        }
        let canaries =
            secrets + [
                Canary("upstream key", Self.upstreamKey), Canary("wrong key", Self.wrongKey),
                Canary("prompt", Self.prompt), Canary("prompt's beginning", "prompt-canary"),
                Canary("cookie", Self.cookie), Canary("baggage", Self.baggage), Canary("tracestate", Self.state),
                Canary("conversation", Self.conversation), Canary("query", Self.query),
            ]
        for (place, data) in emitted {
            for canary in canaries {
                // The path of a request that is not served is named to whoever sent it.
                if let form = canary.found(in: data), !(place == "an answer" && canary.name == "baggage") {
                    Issue.record("\(place) holds the \(canary.name) as '\(form)'")
                }
            }
        }
        // A search that finds nothing must be one that could.
        #expect(canaries.allSatisfy { $0.found(in: Data("x".utf8) + $0.forms[0]) != nil })
        let model = Canary("model", Self.model)
        for (place, data) in emitted where place == "metrics" || place == "messages" || place == "the access log" {
            #expect(model.found(in: data) == nil, "\(place) holds the name of a model that is not served")
        }
        await bed.end()
    }

    @Test("are JSON objects with --log-format json, a line each")
    func json() async throws {
        let bed = try await TestBed.start(azureTokensPerMinute: 1_000)
        let gateway = try await bed.serve(["--log-format", "json"], isJSON: true)
        #expect(await gateway.process.stop() == 0)
        let lines = gateway.process.output.split(separator: "\n")
        #expect(lines.count >= 3)
        for line in lines {
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            #expect(object?["level"] as? String == "notice", "\(line)")
            #expect((object?["message"] as? String)?.isEmpty == false)
            #expect((object?["time"] as? String)?.hasSuffix("Z") == true)
        }
        await bed.end()
    }

    @Test("go on where SIGHUP finds the access log moved away")
    func hangup() async throws {
        let bed = try await TestBed.start(azureTokensPerMinute: 1_000_000)
        let log = bed.folder.path("access.log")
        let text = try String(contentsOfFile: bed.configuration, encoding: .utf8)
        try bed.folder.write(text + "access_log: {file: access.log}\n", to: "concordat.yaml")
        let gateway = try await bed.serve()
        let key = try await bed.newKey()
        #expect(await gateway.chat(key: key).status == 200)
        let deadline = Date.now.addingTimeInterval(60)
        while !FileManager.default.fileExists(atPath: log), Date.now < deadline {
            try await Task.sleep(for: .milliseconds(5))
        }
        try FileManager.default.moveItem(atPath: log, toPath: log + ".1")
        gateway.process.signal(SIGHUP)
        // A line may still go to the old file, until the signal has arrived.
        var served = 1
        repeat {
            #expect(await gateway.chat(key: key).status == 200)
            served += 1
        } while !FileManager.default.fileExists(atPath: log) && Date.now < deadline
        #expect(await gateway.process.stop() == 0, "\(gateway.process.output)")
        let both = try [log + ".1", log].map { try String(contentsOfFile: $0, encoding: .utf8) }.joined()
        #expect(both.split(separator: "\n").count == served)
        await bed.end()
    }
}
