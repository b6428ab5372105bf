// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Service

extension EvidenceCommand {
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
}
