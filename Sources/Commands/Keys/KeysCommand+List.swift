// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import ArgumentParser
internal import Service
internal import Store

extension KeysCommand {
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
            var limits: StoredKeyLimits
            var created: String
            var revoked: String?
        }

        func run() throws {
            let keys = try FolderReading(folder: data.folder).tables { tables throws(TableError) in try tables.keys() }
            let lines = keys.map {
                Line(
                    id: $0.id, name: $0.name, tenant: $0.tenant, dimensions: $0.dimensions, surface: $0.surface,
                    labels: $0.labels, limits: $0.limits, created: $0.created.description,
                    revoked: $0.revoked?.description)
            }
            if json.isOn { return try Output.json(lines) }
            guard !lines.isEmpty else { return print("There are no keys; `concordat keys new NAME` makes one.") }
            Output.table(
                ["id", "name", "tenant", "dimensions", "limits", "created", "revoked"],
                lines.map { line in
                    let dimensions = line.dimensions.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                    return [
                        line.id, line.name, line.tenant, dimensions.joined(separator: ","), line.limits.summary,
                        line.created, line.revoked ?? "-",
                    ]
                })
        }
    }
}
