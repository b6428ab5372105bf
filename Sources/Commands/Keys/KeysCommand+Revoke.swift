// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Service

extension KeysCommand {
    /// `concordat keys revoke`.
    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Revoke a key; requests with it get 401 within a second.")

        @Argument(help: "The key's identifier, as `keys list` shows it.")
        var id: String

        @OptionGroup var data: DataOption

        func run() async throws {
            _ = try await ControlClient.give(.revokeKey(id), folder: data.folder)
            print("\(id) is revoked.")
        }
    }
}
