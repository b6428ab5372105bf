// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import ArgumentParser
internal import Foundation
internal import Service

/// `concordat check`.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say everything that is wrong with agreements, and what is doubtful about them together.",
        discussion: """
            First each file by itself. Where all are sound, they are looked at together (versions of one agreement each \
            by itself): every class of requests that the clauses can tell apart is \
            decided in every time between two boundaries, without evidence and with each: agreements that contradict \
            each other, requests that nobody may serve, clauses and carve-outs without effect are shown, each with a \
            request that shows it. Without --config there is one deployment on each declared cloud and one elsewhere.

            Exit code 1 when a file has errors, agreements contradict each other, or there is too much to look at; with --strict also on warnings.
            """)

    @Argument(help: ArgumentHelp("Agreement files; those of one --config where none is given.", valueName: "file"))
    var files: [String] = []

    @Option(
        name: .customLong("config"),
        help: ArgumentHelp("Look at the deployments of this configuration.", valueName: "file"))
    var configurationFile: String?

    @Flag(help: "Count drafts as if they were signed.")
    var drafts = false

    @Flag(help: "Fail on warnings too; for continuous integration.")
    var strict = false

    @OptionGroup var json: JSONOption

    func run() throws {
        var names = files
        var deployments: DeploymentTable?
        if let configurationFile {
            let configuration = try FactsOfConfiguration.configuration(file: configurationFile)
            deployments = configuration.placementConfiguration.deployments
            if names.isEmpty { names = configuration.agreementFiles }
        }
        guard !names.isEmpty else { throw ServiceError(.usage, "Name the agreement files to check, or --config.") }
        let read = try AgreementFiles.read(names)
        let diagnostics = read.flatMap(\.reading.diagnostics)
        var problems = diagnostics.map(\.json)
        var isWrong = diagnostics.contains { $0.severity == .error || strict }
        if !json.isOn { show(read) }
        if read.allSatisfy({ $0.reading.document != nil }) {
            for documents in together(read.compactMap(\.reading.document)) {
                let analysis = AgreementAnalysis(of: documents, deployments: deployments, drafts: drafts ? .all : .none)
                problems += analysis.findings.map(\.json)
                isWrong =
                    isWrong || (!analysis.isComplete && analysis.cells == 0)
                    || analysis.findings.contains { $0.severity == .error || strict && $0.severity == .warning }
                if !json.isOn { show(analysis) }
            }
        }
        if json.isOn { print("[" + problems.joined(separator: ",\n ") + "]") }
        if isWrong { throw ExitCode(1) }
    }

    /// The agreements that are in force beside each other; versions of one agreement are looked at by themselves.
    private func together(_ documents: [AgreementDocument]) -> [[AgreementDocument]] {
        Set(documents.map(\.id)).count == documents.count ? [documents] : documents.map { [$0] }
    }

    private func show(_ files: [AgreementFiles.File]) {
        for file in files {
            for diagnostic in file.reading.diagnostics { print(diagnostic.rendered) }
            guard let document = file.reading.document else { continue }
            print("\(file.name): agreement \(document.id), \(Self.count(document.instruments)), no errors")
            let consolidation = Consolidation(document)
            let now = Instant(nanoseconds: Int64(Date().timeIntervalSince1970) * 1_000_000_000)
            for period in consolidation.clauses(at: now) {
                print(
                    "  in force  \(period.clause.id) (\(period.clause.kind.name)), from \(period.from) to \(period.to)")
            }
            let next = consolidation.nextBoundary(after: now)
            if next != .distantFuture { print("  next boundary  \(next)") }
        }
    }

    private static func count(_ instruments: [Instrument]) -> String {
        instruments.count == 1 ? "1 instrument" : "\(instruments.count) instruments"
    }

    private func show(_ analysis: AgreementAnalysis) {
        for finding in analysis.findings { print("\n" + finding.rendered) }
        let what = analysis.findings.isEmpty ? "nothing doubtful" : "the above"
        print("\n\(analysis.cells) decisions looked at\(analysis.isComplete ? "" : ", not all there are"): \(what)")
    }
}
