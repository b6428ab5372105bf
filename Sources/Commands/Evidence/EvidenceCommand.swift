// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import ArgumentParser
internal import Crypto
internal import Foundation
internal import Records
internal import Service

/// `concordat evidence`.
struct EvidenceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evidence", abstract: "Record dated facts that decisions rest on, and list them.",
        discussion: "Each record is written into the ledger and takes effect within a second.",
        subcommands: [Add.self, Revoke.self, List.self])

    /// `concordat evidence add`.
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Record evidence.",
            subcommands: [AddDecline.self, AddLaunch.self, AddEvent.self, AddOverride.self])
    }

    /// `concordat evidence revoke`.
    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Revoke a record; it no longer holds from now on.")

        @Argument(help: "The number of the record, as `evidence list` shows it.")
        var number: UInt64

        @OptionGroup var who: ProvenanceOptions
        @OptionGroup var data: DataOption
        @OptionGroup var json: JSONOption

        func run() async throws {
            var order = try who.order("revocation")
            order.of = number
            try await EvidenceCommand.give(order, data: data, json: json)
        }
    }

    /// `concordat evidence list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List what was recorded, with its provenance.")

        @OptionGroup var data: DataOption
        @OptionGroup var json: JSONOption

        private struct Line: Encodable {
            var number: UInt64
            var kind: String
            var recorded: String
            var by: String
            var party: String
            var second: String?
            var document: String?
            var documentSHA256: String?
            var stands: Bool
            var summary: String
        }

        func run() throws {
            let facts = try FolderReading(folder: data.folder).facts().facts
            let standing = Set(facts.standingEvidence.map(\.revision))
            let lines = facts.people.map { record in
                Line(
                    number: record.revision, kind: record.kindName, recorded: record.recorded.description,
                    by: record.provenance.recordedBy, party: record.provenance.party,
                    second: record.provenance.secondedBy, document: record.provenance.documentName,
                    documentSHA256: record.provenance.documentSHA256.map(Self.hex),
                    stands: standing.contains(record.revision), summary: record.summary)
            }
            if json.isOn { return try Output.json(lines) }
            guard !lines.isEmpty else { return print("Nothing is recorded; `concordat evidence add --help` says how.") }
            for line in lines {
                print("\(line.number)  \(line.kind)\(line.stands || line.kind == "revocation" ? "" : " (revoked)")  \(line.summary)")
            }
        }

        private static func hex(_ bytes: [UInt8]) -> String {
            bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
    }

    /// Gives the order and prints the number of the record.
    static func give(_ order: EvidenceOrder, data: DataOption, json: JSONOption) async throws {
        guard case .recorded(let number) = try await ControlClient.give(.record(order), folder: data.folder) else {
            throw ServiceError(.failed, "The gateway answered something else.")
        }
        if json.isOn { return try Output.json(["number": number]) }
        print("Recorded as evidence \(number).")
    }
}

/// Who records, for whom, on which paper.
struct ProvenanceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The person who records it.", valueName: "name"))
    var by: String

    @Option(help: ArgumentHelp("The party of the agreement for which the person speaks.", valueName: "party"))
    var party: String

    @Option(help: ArgumentHelp("The second person, where two are needed.", valueName: "name"))
    var second: String?

    @Option(help: ArgumentHelp("The document that shows it; its name and SHA-256 are recorded.", valueName: "file"))
    var document: String?

    /// An order with this provenance.
    func order(_ kind: String) throws -> EvidenceOrder {
        var order = EvidenceOrder(kind: kind, by: by, party: party)
        order.second = second
        if let document {
            guard let content = FileManager.default.contents(atPath: document) else {
                throw ServiceError(.usage, "The document \(document) can't be read.")
            }
            order.documentName = URL(fileURLWithPath: document).lastPathComponent
            order.documentSHA256 = Data(SHA256.hash(data: content))
        }
        return order
    }
}

/// `concordat evidence add decline`.
struct AddDecline: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decline",
        abstract: "A cloud declined to support a feature.",
        discussion: "Without --answered and --requested: it answered now. With --requested alone: it was asked and is silent.")

    @Option(help: "The cloud that declined.")
    var cloud: String

    @Option(name: .customLong("feature"), help: "A feature that it declined; may be repeated.")
    var features: [String]

    @Option(name: .customLong("model"), help: "A model that it is about; may be repeated; all by default.")
    var models: [String] = []

    @Option(help: ArgumentHelp("When support was asked for.", valueName: "instant"))
    var requested: String?

    @Option(help: ArgumentHelp("When the cloud answered.", valueName: "instant"))
    var answered: String?

    @Option(help: ArgumentHelp("Until when the answer holds; open by default.", valueName: "instant"))
    var until: String?

    @OptionGroup var who: ProvenanceOptions
    @OptionGroup var data: DataOption
    @OptionGroup var json: JSONOption

    func run() async throws {
        var order = try who.order("decline")
        order.cloud = cloud
        order.features = features
        order.models = models
        order.requested = requested
        order.answered = answered
        order.until = until
        try await EvidenceCommand.give(order, data: data, json: json)
    }
}

/// `concordat evidence add launch`.
struct AddLaunch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "launch", abstract: "A model became generally available on a cloud.")

    @Option(help: "The cloud.")
    var cloud: String

    @Option(help: "The model.")
    var model: String

    @Option(help: ArgumentHelp("When; now by default.", valueName: "instant"))
    var at: String?

    @OptionGroup var who: ProvenanceOptions
    @OptionGroup var data: DataOption
    @OptionGroup var json: JSONOption

    func run() async throws {
        var order = try who.order("launch")
        order.cloud = cloud
        order.models = [model]
        order.at = at
        try await EvidenceCommand.give(order, data: data, json: json)
    }
}

/// `concordat evidence add event`.
struct AddEvent: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "event", abstract: "An event of an agreement happened, was verified, or was reversed.",
        discussion: "It acts from the later of its effective instant and its recording.")

    @Option(help: "The agreement.")
    var agreement: String

    @Option(help: "The event, as the agreement declares it.")
    var event: String

    @Option(help: "declared, verified or reversed.")
    var step = "declared"

    @Option(help: ArgumentHelp("From when it takes effect; now by default.", valueName: "instant"))
    var at: String?

    @OptionGroup var who: ProvenanceOptions
    @OptionGroup var data: DataOption
    @OptionGroup var json: JSONOption

    func run() async throws {
        var order = try who.order("event")
        order.agreement = agreement
        order.event = event
        order.step = step
        order.at = at
        try await EvidenceCommand.give(order, data: data, json: json)
    }
}

/// `concordat evidence add override`.
struct AddOverride: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "override",
        abstract: "Order placements against the terms, for at most 24 hours; two persons.",
        discussion: "It lifts primary clouds, exclusivity, launches and conflicts, never licences; what it places is a departure.")

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

    @OptionGroup var who: ProvenanceOptions
    @OptionGroup var data: DataOption
    @OptionGroup var json: JSONOption

    func run() async throws {
        var order = try who.order("override")
        order.cloud = cloud
        order.product = product
        order.models = model.map { [$0] } ?? []
        order.from = from
        order.until = until
        order.reason = reason
        try await EvidenceCommand.give(order, data: data, json: json)
    }
}
