// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Service
internal import Store

extension KeysCommand {
    /// `concordat keys set`.
    struct Change: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "set", abstract: "Change what a key may use; it holds within a second.",
            discussion: "What is not named stays as it is. What clauses select by can't be changed: make another key.")

        @Argument(help: "The key's identifier, as `keys list` shows it.")
        var id: String

        @OptionGroup var limits: KeyLimitOptions
        @OptionGroup var data: DataOption
        @OptionGroup var json: JSONOption

        func run() async throws {
            guard !limits.order.isEmpty else {
                throw ServiceError(
                    .usage, "Say what shall change: --models, --rpm, --tpm, --concurrent or --budget.")
            }
            guard
                case .keySet(let now) = try await ControlClient.give(
                    .setKey(id: id, limits.order), folder: data.folder)
            else { throw ServiceError(.failed, "The gateway answered something else.") }
            if json.isOn { return try Output.json(now) }
            print("\(id): \(now.summary)")
        }
    }
}

extension StoredKeyLimits {
    /// The limits in a line.
    var summary: String {
        let parts = [
            models.map { "models=" + $0.joined(separator: ",") }, rpm.map { "rpm=\($0)" }, tpm.map { "tpm=\($0)" },
            concurrent.map { "concurrent=\($0)" }, budget.map { "budget=\($0)" },
        ].compactMap { $0 }
        return parts.isEmpty ? "no limits" : parts.joined(separator: " ")
    }
}
