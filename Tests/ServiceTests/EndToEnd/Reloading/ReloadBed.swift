// SPDX-License-Identifier: Apache-2.0

import Agreement
import Foundation
import Gateway
import NIOCore
import Service
import Store
import Testing

/// A gateway that was started from a configuration's file, which a test rewrites while it serves.
final class ReloadBed: Sendable {
    /// What the configuration's file says.
    struct Text: Sendable {
        var listen = "127.0.0.1:0"
        var threads = 2
        var enforcement = ""
        var limits = "drain: 2s"
        /// The deployments: how each is written.
        var deployments: [String: String] = [
            "azure-one": "{upstream: azure, cloud: azure, region: r1, model: gpt, publisher: openai}",
            "aws-one": "{upstream: aws, cloud: aws, region: r1, model: gpt, publisher: openai}",
        ]
        /// What stands at the end.
        var rest = ""
        /// The ports behind the upstreams.
        var ports: [String: Int] = [:]

        var yaml: String {
            let upstreams = ["azure": "azure-v1", "aws": "bedrock-openai", "slow": "azure-v1"]
                .filter { ports[$0.key] != nil }.sorted { $0.key < $1.key }
                .map { name, provider in
                    let url = "http://127.0.0.1:\(ports[name] ?? 0)"
                    return "  \(name): {provider: \(provider), url: \"\(url)\", api_key: {file: key}}"
                }
            return """
                listen: \(listen)
                data: data
                threads: \(threads)
                agreements: {folder: agreements\(enforcement)}
                limits: {\(limits)}
                upstreams:
                \(upstreams.joined(separator: "\n"))
                deployments:
                \(deployments.sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value)" }.joined(separator: "\n"))
                \(rest)

                """
        }
    }

    let folder: String
    let application: GatewayApplication
    let logs: LogCapture
    let key: String
    let text: Text

    var port: Int { application.server.address.port ?? 0 }
    var file: String { folder + "/concordat.yaml" }

    private init(folder: String, application: GatewayApplication, logs: LogCapture, key: String, text: Text) {
        self.folder = folder
        self.application = application
        self.logs = logs
        self.key = key
        self.text = text
    }

    /// Starts a gateway before the upstreams, lets the test use it, and sees that its ledger decides the same again.
    static func run(
        _ upstreams: [String: RecordingUpstream], environment: [String: String] = [:],
        calls: any FileCalls = SystemFileCalls(), countsInAndOut: Bool = true,
        setUp: (inout Text) -> Void = { _ in }, _ body: (ReloadBed) async throws -> Void
    ) async throws {
        await Turnstile.gateways.enter()
        defer { Turnstile.gateways.leave() }
        let folder = try GatewayBed.makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var text = Text()
        text.ports = upstreams.mapValues(\.port)
        setUp(&text)
        try FileManager.default.createDirectory(atPath: folder + "/agreements", withIntermediateDirectories: true)
        try write(TestAgreement.primaryCloud, to: folder + "/agreements/deal.yaml")
        try write("first-key\n", to: folder + "/key")
        try write(text.yaml, to: folder + "/concordat.yaml")
        let source = ConfigurationSource(file: folder + "/concordat.yaml") { environment }
        let reading = source.read()
        let configuration = try #require(
            reading.configuration, "\(reading.diagnostics.map(\.rendered).joined(separator: "\n"))")
        let logs = LogCapture()
        let application = try await GatewayApplication.start(
            configuration, environment: environment, source: source, stamps: reading.stamps, logger: logs.logger,
            calls: calls)
        do {
            let key = try await GatewayBed.makeKey(application)
            try await body(
                ReloadBed(folder: folder, application: application, logs: logs, key: key, text: text))
        } catch {
            await application.stop()
            throw error
        }
        await application.stop()
        for upstream in upstreams.values { await upstream.stop() }
        try GatewayBed.expectIntact(folder + "/data", countsInAndOut: countsInAndOut)
    }

    /// Writes a file as editors and orchestrators do: beside it, and then in its place.
    static func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }

    /// Rewrites the configuration.
    func write(_ change: (inout Text) -> Void) throws {
        var text = text
        change(&text)
        try Self.write(text.yaml, to: file)
    }

    /// Rewrites the configuration and reloads it.
    @discardableResult
    func reload(_ change: (inout Text) -> Void = { _ in }) async throws(ServiceError) -> ReloadOutcome {
        do {
            try write(change)
        } catch {
            throw ServiceError(.failed, "\(error)")
        }
        return try await application.reloader.reload("test")
    }

    /// Why a reload is refused.
    func refusal(_ change: (inout Text) -> Void = { _ in }) async throws -> ServiceError {
        do throws(ServiceError) {
            _ = try await reload(change)
        } catch {
            return error
        }
        throw NotInTime(name: "the reload is refused")
    }

    /// The bytes of a chat request for a model.
    func request(model: String = "gpt", isStream: Bool = false, note: String = "") -> String {
        let body =
            #"{"model":"\#(model)","stream":\#(isStream),"messages":[{"role":"user","content":"Hi\#(note)"}]}"#
        return """
            POST /v1/chat/completions HTTP/1.1\r\nhost: gateway\r\nauthorization: Bearer \(key)\r\n\
            content-type: application/json\r\ncontent-length: \(body.utf8.count)\r\n\r\n\(body)
            """
    }

    func connect() async throws -> RawClient { try await RawClient.connect(port: port) }

    func chat(model: String = "gpt", isStream: Bool = false) async throws -> RawAnswer {
        try await send(request(model: model, isStream: isStream))
    }

    func get(_ path: String) async throws -> RawAnswer {
        try await send("GET \(path) HTTP/1.1\r\nhost: gateway\r\nauthorization: Bearer \(key)\r\n\r\n")
    }

    private func send(_ bytes: String) async throws -> RawAnswer {
        let client = try await connect()
        try await client.send(bytes)
        let answer = try await client.answer()
        await client.close()
        return answer
    }
}
