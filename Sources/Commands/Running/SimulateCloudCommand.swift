// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import CloudSimulator
internal import Foundation
internal import Service

/// `concordat simulate-cloud`.
struct SimulateCloudCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate-cloud",
        abstract: "Run a simulated cloud, for demonstrations, tests and benchmarks.",
        discussion: """
            It speaks the OpenAI dialect of the chosen vendor, refuses as the vendor does when its capacity is used \
            up, and answers with made-up words; x-simulated-cloud in every answer says so. \
            GET /simulator/counters tells what it served; POST /simulator/capacity and /simulator/faults change it.
            """)

    @Option(help: "The name in x-simulated-cloud.")
    var name = "azure"

    @Option(help: ArgumentHelp("Whose dialect: azure, openai, bedrock or compatible.", valueName: "vendor"))
    var dialect = "azure"

    @Option(
        name: .customLong("lane"),
        help: ArgumentHelp(
            "A lane as DEPLOYMENT[+DEPLOYMENT]:reserved|on-demand:TOKENS_PER_MINUTE; may be repeated.",
            valueName: "lane"))
    var lanes: [String] = ["gpt-5:on-demand:1000000"]

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The port; 0 picks a free one.")
    var port = 8081

    @Option(help: ArgumentHelp("Milliseconds to the first token.", valueName: "ms"))
    var firstToken = 200

    @Option(help: ArgumentHelp("Milliseconds from token to token.", valueName: "ms"))
    var interToken = 20

    @Option(help: "How many times faster than life it runs: limits multiplied, times divided.")
    var speed = 1

    @Option(help: "Fixes what is drawn by chance.")
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("The key that clients must send; none is asked for without it.", valueName: "key"))
    var credential: String?

    func run() async throws {
        guard let vendor = CloudDialect(rawValue: dialect) else {
            throw ServiceError(.usage, "There is no dialect '\(dialect)'; use azure, openai, bedrock or compatible.")
        }
        guard (0...65_535).contains(port) else { throw ServiceError(.usage, "A port is 0 to 65535, not \(port).") }
        let cloud: SimulatedCloud
        do {
            cloud = try SimulatedCloud(
                name: name, dialect: vendor, lanes: try lanes.map(Self.lane), timeToFirstTokenMilliseconds: firstToken,
                interTokenMilliseconds: interToken, speed: speed, seed: seed, credential: credential)
        } catch let error as CloudError {
            throw ServiceError(.usage, error.description)
        }
        let running = try await StandaloneCloud.start(cloud, host: host, port: port)
        print("simulated cloud \(name) (\(dialect)) at http://\(running.host):\(running.port)")
        for lane in cloud.lanes {
            print(
                "  \(lane.deployments.joined(separator: ", ")): \(lane.kind.rawValue), "
                    + "\(lane.tokensPerMinute) tokens a minute, times \(speed)")
        }
        await Signals.wait()
        await running.stop()
    }

    private static func lane(_ text: String) throws -> CloudLane {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, let kind = CloudLane.Kind(rawValue: String(parts[1])), let tokens = Int(parts[2]) else {
            throw ServiceError(
                .usage,
                "'\(text)' is not a lane; "
                    + "write it like gpt-5-ptu:reserved:150000 or gpt-5+gpt-5-mini:on-demand:300000.")
        }
        return CloudLane(
            deployments: parts[0].split(separator: "+").map(String.init), kind: kind, tokensPerMinute: tokens)
    }
}
