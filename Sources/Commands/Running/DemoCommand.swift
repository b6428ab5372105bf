// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import ArgumentParser
internal import Foundation
internal import Logging
internal import Service

/// `concordat demo`.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "See it work: three simulated clouds, a gateway, real traffic, a ledger that verifies.",
        discussion: """
            The agreement is the reading of the news that comes with Concordat. Try it under earlier terms with \
            --through exclusive-2023 or --through next-phase, with more capacity, or with a feature that the \
            primary declined. A trace gives arrivals and tokens; who asks for what comes from a mix file and is \
            reported as assumed.
            """)

    @Option(
        help: ArgumentHelp(
            "A trace with the columns TIMESTAMP,ContextTokens,GeneratedTokens, plain or gzip.", valueName: "file"))
    var trace: String?

    @Option(
        help: ArgumentHelp(
            "Who asks for what: weight,product,customer_class,model,features,stream.", valueName: "file"))
    var mix: String?

    @Option(help: ArgumentHelp("The agreement.", valueName: "file"))
    var agreement: String?

    @Option(
        help: ArgumentHelp(
            "Adopt instruments up to this one, as if nothing had been signed after it.", valueName: "instrument"))
    var through: String?

    @Option(help: "How many times faster than life everything runs, 1 to 1000.")
    var speed = 60

    @Option(help: ArgumentHelp("Tokens a minute of the primary cloud, both lanes together.", valueName: "tokens"))
    var primaryTokensPerMinute = 450_000

    @Option(help: ArgumentHelp("How much of that is reserved, 0 to 100.", valueName: "percent"))
    var reservedPercent = 33

    @Option(
        name: .customLong("decline"),
        help: ArgumentHelp("A feature that the primary has declined; may be repeated.", valueName: "feature"))
    var declined: [String] = []

    @Flag(help: "Only observe the agreement: decisions are recorded and move nothing.")
    var observe = false

    @Option(help: ArgumentHelp("Replay at most so many arrivals.", valueName: "requests"))
    var requests: Int?

    @Option(help: "The seed of the mix.")
    var seed: UInt64 = 1

    @Option(
        name: .customLong("data"),
        help: ArgumentHelp("Where the ledger goes; a temporary folder by default.", valueName: "folder"))
    var data: String?

    @Flag(help: "Go on serving afterwards, until Ctrl-C.")
    var keep = false

    @OptionGroup var json: JSONOption

    func run() async throws {
        var options = DemoOptions()
        guard (1...1_000).contains(speed) else { throw ServiceError(.usage, "--speed is 1 to 1000, not \(speed).") }
        guard (1...1_000_000_000).contains(primaryTokensPerMinute) else {
            throw ServiceError(.usage, "--primary-tokens-per-minute is 1 to 1000000000, not \(primaryTokensPerMinute).")
        }
        guard (0...100).contains(reservedPercent) else {
            throw ServiceError(.usage, "--reserved-percent is 0 to 100, not \(reservedPercent).")
        }
        if let requests, requests < 1 { throw ServiceError(.usage, "--requests is at least 1, not \(requests).") }
        if let unknown = declined.first(where: { FeatureSet(name: $0) == nil }) {
            throw ServiceError(
                .usage,
                "There is no feature '\(unknown)'; the features are \(FeatureSet.names.joined(separator: ", ")).")
        }
        options.trace = trace
        options.mix = mix
        options.agreement = agreement
        options.through = through
        options.speed = speed
        options.primaryTokensPerMinute = primaryTokensPerMinute
        options.reservedPercent = reservedPercent
        options.declined = declined
        options.observes = observe
        options.requestsMax = requests
        options.seed = seed
        options.dataFolder = data
        options.keeps = keep

        var logger = Logger(label: "concordat") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .warning
        let isJSON = json.isOn
        let demo = try await Demo.start(options, logger: logger) { line in
            guard !isJSON else { return }
            print(line)
        }
        let screen = DemoScreen(isQuiet: isJSON)
        var report = try await demo.replay { screen.show($0) }
        screen.end()
        if keep {
            try demo.verify(&report)
        } else {
            await demo.stop()
            try demo.verify(&report)
        }
        if isJSON {
            try Output.json(report)
        } else {
            print("")
            print(report.text(dataFolder: demo.dataFolder, assumed: demo.assumed))
        }
        if keep {
            print("")
            print("Serving at http://\(demo.address)/v1 until Ctrl-C; a key to try: \(demo.sampleKey)")
            await Signals.wait()
            await demo.stop()
        }
        guard report.isVerified, report.isAccountedFor else { throw ExitCode(1) }
    }
}
