// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import ArgumentParser
internal import Foundation
internal import Service

/// `concordat check`.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Read agreements and say everything that is wrong with them.",
        discussion: "Exit code 1 when a file has errors. Warnings alone are fine.")

    @Argument(help: ArgumentHelp("Agreement files.", valueName: "file"))
    var files: [String]

    @OptionGroup var json: JSONOption

    func run() throws {
        var hasErrors = false
        var texts: [String] = []
        for file in files {
            guard let content = FileManager.default.contents(atPath: file) else {
                throw ServiceError(.usage, "\(file) can't be read; see that it exists and its permissions.")
            }
            let reading = AgreementReader.read(bytes: Array(content), file: file)
            hasErrors = hasErrors || reading.document == nil
            if json.isOn {
                texts += reading.diagnostics.map(\.json)
                continue
            }
            for diagnostic in reading.diagnostics { print(diagnostic.rendered) }
            guard let document = reading.document else { continue }
            print("\(file): agreement \(document.id), \(document.instruments.count) instruments, no errors")
            let consolidation = Consolidation(document)
            let now = Instant(nanoseconds: Int64(Date().timeIntervalSince1970) * 1_000_000_000)
            for period in consolidation.clauses(at: now) {
                print(
                    "  in force  \(period.clause.id) (\(period.clause.kind.name)), from \(period.from) to \(period.to)")
            }
            let next = consolidation.nextBoundary(after: now)
            if next != .distantFuture { print("  next boundary  \(next)") }
        }
        if json.isOn { print("[" + texts.joined(separator: ",\n ") + "]") }
        if hasErrors { throw ExitCode(1) }
    }
}
