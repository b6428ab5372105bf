// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Service

/// `concordat evidence add override`.
struct AddOverride: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "override", abstract: "Order placements against the terms, for at most 24 hours; two persons.",
        discussion: """
            It lifts primary clouds, exclusivity, launches and conflicts, never licences, residency or limits; what it \
            places is a departure. Where recorders are configured, two of them sign it.
            """)

    @Option(help: "The cloud to which requests go.")
    var cloud: String

    @Option(help: "The product that it is about; all by default.")
    var product: String?

    @Option(help: "The model that it is about; all by default.")
    var model: String?

    @Option(help: ArgumentHelp("When it begins; now by default.", valueName: "instant"))
    var from: String?

    @Option(help: ArgumentHelp("When it ends.", valueName: "instant"))
    var until: String

    @Option(help: "Why.")
    var reason: String

    @OptionGroup var recording: RecordingOptions

    func run() async throws {
        try await recording.record(
            .override(
                OverrideOrder(
                    cloud: cloud, product: product, model: model, from: from ?? RecordingOptions.now, until: until,
                    reason: reason)))
    }
}
