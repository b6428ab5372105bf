// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import ArgumentParser
internal import Foundation
internal import Gateway
internal import Records
internal import Service

/// `concordat explain`.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explain a decision in plain words, with the clauses that it rests on.",
        discussion: """
            With --request: a recorded one, from the data folder. Otherwise: what would be decided for the workload \
            that the options describe, under the agreements and deployments of --config, under --agreement files with \
            one deployment on each cloud, or under the data folder as it stands, or as it was known at an instant.
            """)

    @Option(help: ArgumentHelp("A recorded request, as x-concordat-decision names it.", valueName: "id"))
    var request: String?

    @Option(
        name: .customLong("config"),
        help: ArgumentHelp("Take agreements and deployments from this configuration.", valueName: "file"))
    var file: String?

    @Option(
        name: .customLong("agreement"),
        help: ArgumentHelp(
            "Take this agreement, with one deployment on each cloud that it declares and one elsewhere; may be repeated.",
            valueName: "file"))
    var agreements: [String] = []

    @Option(help: "The model that is asked for.")
    var model: String?

    @Option(help: "The model's publisher; the one of its deployments by default.")
    var publisher: String?

    @Option(help: "The product.")
    var product: String?

    @Option(help: ArgumentHelp("The customer class.", valueName: "class"))
    var customerClass: String?

    @Option(help: "The distribution channel.")
    var channel: String?

    @Option(help: ArgumentHelp("The data class.", valueName: "class"))
    var dataClass: String?

    @Option(help: "Where the data must stay.")
    var region: String?

    @Option(help: "stateless-api, stateful-api, first-party-app or non-api.")
    var surface = "stateless-api"

    @Option(name: .customLong("feature"), help: "A feature that the request needs; may be repeated.")
    var features: [String] = []

    @Option(help: ArgumentHelp("As if admitted on this day or at this instant.", valueName: "day"))
    var at: String?

    @Option(
        help: ArgumentHelp("As far as was known on this day or at this instant; all by default.", valueName: "day"))
    var knownAt: String?

    @OptionGroup var data: DataOption
    @OptionGroup var json: JSONOption

    func run() throws {
        let explanations = try request.map { try recorded($0) } ?? hypothetical()
        if json.isOn { return try Output.json(explanations) }
        print(explanations.map(\.text).joined(separator: "\n\n"))
    }

    private func recorded(_ text: String) throws -> [Explanation] {
        guard let id = RequestID(text) else {
            throw ServiceError(.usage, "'\(text)' is not a request's identifier; it looks like 5f0c9ab1-3-1207.")
        }
        let folder = try FolderReading(folder: data.folder)
        let decisions = try folder.entries(of: id).compactMap { _, entry -> DecisionEntry? in
            if case .decision(let decision) = entry { decision } else { nil }
        }
        guard !decisions.isEmpty else {
            throw ServiceError(.refused, "The ledger in \(folder.folder) has no request \(id).")
        }
        return try decisions.map { entry in
            let facts = try folder.facts(upTo: entry.revision).facts
            return Explanation(
                facts: facts, workload: entry.workload, at: entry.at, now: entry.now, own: entry.own,
                isObserved: entry.isObserved, request: id.description, number: Int(entry.number))
        }
    }

    private func hypothetical() throws -> [Explanation] {
        guard let model else {
            throw ServiceError(.usage, "Say what to explain: --request ID, or --model and the rest of the workload.")
        }
        guard let surface = Surface.allCases.first(where: { $0.name == surface }) else {
            let surfaces = Surface.allCases.map(\.name).joined(separator: ", ")
            throw ServiceError(.usage, "There is no surface '\(self.surface)'; the surfaces are \(surfaces).")
        }
        var needed = FeatureSet()
        for name in features {
            guard let feature = FeatureSet(name: name) else {
                throw ServiceError(
                    .usage,
                    "There is no feature '\(name)'; the features are \(FeatureSet.names.joined(separator: ", ")).")
            }
            needed.formUnion(feature)
        }
        let facts = try facts(model: model)
        let now = Instant(nanoseconds: GatewayClock.systemNanoseconds())
        let zone = InstantText.zone(of: facts.agreements.sorted { $0.key < $1.key }.map(\.value))
        let instant = try at.map { try InstantText.read($0, "at", in: zone) } ?? now
        let known = try knownAt.map { facts.asKnown(at: try InstantText.read($0, "known-at", in: zone)) } ?? facts
        let table = known.configuration.deployments
        let publisher =
            publisher ?? table.candidates(ofModel: model).first.map { table.deployments[$0].publisher }
        let named: [Agreement.Dimension: String?] = [
            .product: product, .customerClass: customerClass, .channel: channel, .dataClass: dataClass,
            .region: region, .model: model, .publisher: publisher,
        ]
        let workload = Workload(named.compactMapValues { $0 }, surface: surface, features: needed)
        let modes = known.hasObservedAgreement ? [false, true] : [false]
        return modes.map { isObserved in
            Explanation(facts: known, workload: workload, at: instant, now: instant, isObserved: isObserved)
        }
    }

    /// What the answer is based on.
    private func facts(model: String) throws -> Facts {
        guard file == nil || agreements.isEmpty else {
            throw ServiceError(.usage, "--config and --agreement exclude each other; the configuration names its own.")
        }
        if let file { return try FactsOfConfiguration.read(file: file) }
        guard !agreements.isEmpty else { return try FolderReading(folder: data.folder).facts().facts }
        return FactsOfAgreements.make(
            try AgreementFiles.readSound(agreements).map(\.document), model: model, publisher: publisher ?? "",
            region: region ?? "")
    }
}
