// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Two simulated clouds, and a configuration under which a gateway tries azure first and may spill to aws.
final class TestBed: Sendable {
    let folder: TemporaryFolder
    private let clouds: [ChildProcess]
    /// The key that the clouds ask for; they ask for none where it is `nil`.
    private let upstreamKey: String?

    /// The data folder of the gateway.
    var data: String { folder.path("data") }
    /// The configuration's file.
    var configuration: String { folder.path("concordat.yaml") }

    /// An agreement with two grounds to leave azure, and an event.
    static let agreement = """
        agreement: acme-microsoft
        title: Acme and Microsoft
        timezone: America/Los_Angeles
        parties: {acme: {name: Acme}, microsoft: {name: Microsoft}}
        clouds: {azure: {operator: microsoft}, aws: {operator: amazon}}
        events: {exit: {declared_by: acme, verified_by: microsoft}}
        instruments:
          - id: signed-2026
            kind: agreement
            effective: 2026-01-01
            clauses:
              - id: azure-first
                kind: primary-cloud
                cloud: azure
                meaning: try-first
                spill_on: {any_of: [capacity, declined]}
                text: Azure is tried first.
                source: {title: "The agreement, section 1", grade: primary}

        """

    private init(folder: TemporaryFolder, clouds: [ChildProcess], upstreamKey: String?) {
        self.folder = folder
        self.clouds = clouds
        self.upstreamKey = upstreamKey
    }

    /// Starts the clouds: azure with so many tokens a minute, above which requests spill, at a pace of streams.
    static func start(
        azureTokensPerMinute: Int, interTokenMilliseconds: Int = 4, upstreamKey: String? = nil
    ) async throws -> TestBed {
        let folder = try TemporaryFolder()
        let azure = try cloud("azure", "azure", azureTokensPerMinute, interTokenMilliseconds, upstreamKey)
        let aws = try cloud("aws", "bedrock", 1_000_000_000, interTokenMilliseconds, upstreamKey)
        let azureURL = try await azure.word(after: " at ")
        let awsURL = try await aws.word(after: " at ")
        let bed = TestBed(folder: folder, clouds: [azure, aws], upstreamKey: upstreamKey)
        try folder.write(agreement, to: "agreement.yaml")
        try folder.write(
            """
            listen: 127.0.0.1:0
            data: data
            agreements: {files: [agreement.yaml]}
            threads: 2
            upstreams:
              azure: {provider: azure-v1, url: "\(azureURL)/openai/v1", api_key: {env: SIMULATED_KEY}}
              aws: {provider: bedrock-openai, url: "\(awsURL)/openai/v1", api_key: {env: SIMULATED_KEY}}
            deployments:
              gpt-5-azure: {upstream: azure, cloud: azure, region: east, model: gpt-5, publisher: openai}
              gpt-5-aws: {upstream: aws, cloud: aws, region: west, model: gpt-5, publisher: openai}

            """, to: "concordat.yaml")
        return bed
    }

    private static func cloud(
        _ name: String, _ dialect: String, _ tokens: Int, _ pace: Int, _ key: String?
    ) throws -> ChildProcess {
        try ChildProcess(
            [
                "simulate-cloud", "--name", name, "--dialect", dialect, "--port", "0", "--lane",
                "gpt-5:on-demand:\(tokens)", "--first-token", "20", "--inter-token", String(pace),
            ] + (key.map { ["--credential", $0] } ?? []))
    }

    /// Starts a gateway on the bed's folder.
    func serve(_ options: [String] = [], isJSON: Bool = false) async throws -> RunningGateway {
        let process = try ChildProcess(
            ["serve", "--config", configuration] + options,
            environment: upstreamKey.map { ["SIMULATED_KEY": $0] } ?? [:])
        let address = try await process.word(after: isJSON ? "\"address\":\"" : "address=")
        guard let port = address.split(separator: ":").last.flatMap({ UInt16($0.prefix { $0 != "\"" }) }) else {
            throw HarnessError("The gateway said an address without a port: \(address)")
        }
        return RunningGateway(process: process, port: port)
    }

    /// Makes a virtual key, through the gateway where one is running.
    func newKey(_ name: String = "test") async throws -> String {
        let run = try await concordat("keys", "new", name, "--product", "assistant", "--data", data)
        guard run.status == 0 else { throw HarnessError("keys new failed: \(run.errors)") }
        return run.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Ends the clouds.
    func end() async {
        for cloud in clouds { await cloud.kill() }
    }
}

/// A gateway in a process of its own.
struct RunningGateway: Sendable {
    let process: ChildProcess
    let port: UInt16

    /// Stops it in order.
    func stop() async throws {
        let status = await process.stop()
        guard status == 0 else { throw HarnessError("The gateway ended with \(status):\n\(process.output)") }
    }

    /// Sends a chat request.
    func chat(key: String, tokensMax: Int = 16, isStream: Bool = false, model: String = "gpt-5") async
        -> ChatCall.Answer
    {
        await ChatCall(
            port: port, key: key, body: ChatCall.body(tokensMax: tokensMax, isStream: isStream, model: model)
        ).send()
    }
}
