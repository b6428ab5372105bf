// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import ArgumentParser
internal import Foundation
internal import Records
internal import Service

extension LedgerCommand {
    /// `concordat ledger show`.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a request's entries, or one entry by its index.",
            discussion: "Give what x-concordat-decision says, or an index from 0.")

        @Argument(help: ArgumentHelp("A request's identifier, or an index.", valueName: "what"))
        var what: String

        @OptionGroup var data: DataOption
        @OptionGroup var json: JSONOption

        func run() throws {
            let folder = try FolderReading(folder: data.folder)
            var found: [(index: UInt64, entry: Entry)] = []
            if let id = RequestID(what) {
                found = try folder.entries(of: id)
            } else if let index = UInt64(what) {
                found = try folder.entry(at: index).map { [(index, $0)] } ?? []
            } else {
                throw ServiceError(
                    .usage, "'\(what)' is neither a request's identifier such as 5f0c9ab1-3-1207 nor an index.")
            }
            guard !found.isEmpty else {
                throw ServiceError(.refused, "The ledger in \(folder.folder) has nothing of \(what).")
            }
            let views = found.map { EntryView($0.entry, index: $0.index) }
            if json.isOn { return try Output.json(views) }
            for view in views {
                print("entry \(view.index)  \(view.type)  \(view.at)")
                for (name, value) in view.fields {
                    print("  \(name.padding(toLength: 18, withPad: " ", startingAt: 0))\(value)")
                }
            }
        }
    }
}
