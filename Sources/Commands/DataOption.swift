// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Foundation

/// Where the ledger and the state are.
struct DataOption: ParsableArguments {
    @Option(
        name: .customLong("data"),
        help: ArgumentHelp(
            "The data folder.", discussion: "Default: $CONCORDAT_DATA, else ./data.", valueName: "folder"))
    var given: String?

    /// The folder's path.
    var folder: String {
        given ?? ProcessInfo.processInfo.environment["CONCORDAT_DATA"] ?? "data"
    }
}
