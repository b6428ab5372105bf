// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import ArgumentParser
internal import Foundation
internal import Logging
internal import Service
internal import ServiceLifecycle
internal import UnixSignals

/// `concordat serve`.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run the gateway.",
        discussion: """
            Reads one configuration file (examples/concordat.yaml explains it), adopts the agreements that it names, \
            and serves the OpenAI API until SIGTERM or SIGINT; then requests in flight may end.

            When the file changes, or one that it names, and at SIGHUP, it is read again and put in force whole, or \
            refused whole with a message; `concordat config reload` does the same and says what became of it. \
            `listen`, `data`, `threads`, `durability` and `access_log` take a restart.
            """)

    @Option(name: .customLong("config"), help: ArgumentHelp("The configuration file.", valueName: "file"))
    var file = "concordat.yaml"

    @Option(
        name: .customLong("data"),
        help: ArgumentHelp("The data folder, instead of the configuration's.", valueName: "folder"))
    var data: String?

    @Flag(
        name: .customLong("no-watch"),
        help: "Reload at SIGHUP and `concordat config reload` alone, and not when a file changes.")
    var isNotWatched = false

    @Option(
        name: .customLong("shadow"),
        help: ArgumentHelp(
            "Decide live traffic under this agreement, its drafts included, as well; count the differences in /metrics "
                + "and change nothing. May be repeated.", valueName: "file"))
    var shadows: [String] = []

    @Option(
        name: .customLong("draft"),
        help: ArgumentHelp("Of the drafts in --shadow files only this one; may be repeated.", valueName: "instrument"))
    var drafts: [String] = []

    @Option(help: ArgumentHelp("Messages from this level on: debug, info, notice, warning, error.", valueName: "level"))
    var logLevel = "notice"

    @Option(
        name: .customLong("log-format"),
        help: ArgumentHelp("Messages as text for people or as json, an object a line.", valueName: "format"))
    var logFormat = MessageFormat.text

    func run() async throws {
        guard let level = Logger.Level(rawValue: logLevel) else {
            throw ServiceError(
                .usage, "There is no log level '\(logLevel)'; use debug, info, notice, warning or error.")
        }
        let trial = try AgreementFiles.trial(shadows, drafts: drafts)
        let source = ConfigurationSource(file: file, dataFolder: data.map { URL(fileURLWithPath: $0).path })
        let reading = source.read()
        for diagnostic in reading.diagnostics { Output.note(diagnostic.rendered) }
        guard let configuration = reading.configuration else { throw ExitCode(reading.isUnreadable ? 2 : 1) }
        let messages = MessageLog.standardError(logFormat)
        defer { messages.close() }
        var logger = Logger(label: "concordat") { MessageLog(label: $0, format: logFormat, writer: messages) }
        logger.logLevel = level
        // A terminal that goes away, or a reload before the gateway serves, must not end it.
        signal(SIGHUP, SIG_IGN)
        let group = ServiceGroup(
            configuration: .init(
                services: [
                    .init(
                        service: GatewayService(
                            configuration: configuration, source: source, stamps: reading.stamps,
                            isWatched: !isNotWatched, trial: trial, logger: logger))
                ],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        do {
            try await group.run()
        } catch {
            throw ServiceError(listening: error, on: configuration.listen, file: file) ?? error
        }
    }
}

extension MessageFormat: ExpressibleByArgument {}
