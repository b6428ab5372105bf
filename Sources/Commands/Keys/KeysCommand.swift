// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import ArgumentParser
internal import Foundation
internal import Service
internal import Store

/// `concordat keys`.
struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Make, list and revoke virtual keys.",
        subcommands: [New.self, List.self, Revoke.self])

    /// `concordat keys new`.
    struct New: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a virtual key; it is shown once and stored as a keyed hash.",
            discussion: "What the key says of its product, customer class and so on is what agreements select by.")

        @Argument(help: "A name for people.")
        var name: String

        @Option(help: "Who pays.")
        var tenant = "default"

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

        @Option(help: "The surface, where it is not the API's own: first-party-app or non-api.")
        var surface: String?

        @Option(name: .customLong("label"), help: ArgumentHelp("A label for reports; may be repeated.", valueName: "name=value"))
        var labels: [String] = []

        @Option(help: ArgumentHelp("The longest that a request may take.", valueName: "seconds"))
        var deadline: Int64?

        @Flag(help: "Answers say the ground and the deployment.")
        var diagnostics = false

        @OptionGroup var data: DataOption
        @OptionGroup var json: JSONOption

        func run() async throws {
            var pairs: [String: String] = [:]
            for label in labels {
                guard let equals = label.firstIndex(of: "="), equals != label.startIndex else {
                    throw ServiceError(.usage, "'\(label)' is not a label; write it like team=search.")
                }
                pairs[String(label[..<equals])] = String(label[label.index(after: equals)...])
            }
            let named = [
                "product": product, "customer_class": customerClass, "channel": channel, "data_class": dataClass,
                "region": region,
            ]
            let order = KeyOrder(
                name: name, tenant: tenant, dimensions: named.compactMapValues { $0 }, surface: surface,
                labels: pairs, deadlineSeconds: deadline, diagnostics: diagnostics)
            guard case .key(let id, let text) = try await ControlClient.give(.newKey(order), folder: data.folder) else {
                throw ServiceError(.failed, "The gateway answered something else.")
            }
            if json.isOn { return try Output.json(["id": id, "key": text]) }
            print(text)
            Output.note("This is the only time that the key \(id) is shown.")
        }
    }

    /// `concordat keys list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the keys, without the keys themselves.")

        @OptionGroup var data: DataOption
        @OptionGroup var json: JSONOption

        private struct Line: Encodable {
            var id: String
            var name: String
            var tenant: String
            var dimensions: [String: String]
            var surface: String?
            var labels: [String: String]
            var created: String
            var revoked: String?
        }

        func run() throws {
            let keys = try FolderReading(folder: data.folder).tables { tables throws(TableError) in try tables.keys() }
            let lines = keys.map {
                Line(
                    id: $0.id, name: $0.name, tenant: $0.tenant, dimensions: $0.dimensions, surface: $0.surface,
                    labels: $0.labels, created: $0.created.description, revoked: $0.revoked?.description)
            }
            if json.isOn { return try Output.json(lines) }
            guard !lines.isEmpty else { return print("There are no keys; `concordat keys new NAME` makes one.") }
            Output.table(
                ["id", "name", "tenant", "dimensions", "created", "revoked"],
                lines.map { line in
                    let dimensions = line.dimensions.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                    return [
                        line.id, line.name, line.tenant, dimensions.joined(separator: ","), line.created,
                        line.revoked ?? "-",
                    ]
                })
        }
    }

    /// `concordat keys revoke`.
    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Revoke a key; requests with it get 401 within a second.")

        @Argument(help: "The key's identifier, as `keys list` shows it.")
        var id: String

        @OptionGroup var data: DataOption

        func run() async throws {
            _ = try await ControlClient.give(.revokeKey(id), folder: data.folder)
            print("\(id) is revoked.")
        }
    }
}
