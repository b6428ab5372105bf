// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import ArgumentParser
internal import Gateway
internal import Service

extension AgreementCommand {
    /// `concordat agreement measure`.
    struct Measure: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Measure majority-share clauses: how much went to the cloud that they name.",
            discussion: """
                Counted are requests that were served, or tokens that providers reported, by the ledger, in the period of \
                their admission. Shares of spend need prices, which the ledger does not hold; such clauses are left out.

                Exit code 1 where a period that is over did not reach its share.
                """)

        @OptionGroup var data: DataOption
        @OptionGroup var json: JSONOption

        func run() throws {
            let now = Instant(nanoseconds: GatewayClock.systemNanoseconds())
            let measurements = try FolderReading(folder: data.folder).majorities(now: now)
            if json.isOn {
                try Output.json(measurements)
            } else if measurements.isEmpty {
                print("No majority-share clause of an adopted agreement has counted anything.")
            } else {
                Output.table(
                    ["clause", "cloud", "of", "from", "until", "there", "in all", "share", "asked", "reached"],
                    measurements.map { line in
                        [
                            line.clause, line.cloud, line.of, line.from, line.to, "\(line.there)", "\(line.whole)",
                            Self.share(line), line.asked, Self.verdict(line),
                        ]
                    })
            }
            if measurements.contains(where: { $0.isReached == false && !$0.isRunning }) { throw ExitCode(1) }
        }

        /// The share, rounded down to hundredths of a percent, so that it never looks reached when it is not.
        private static func share(_ line: MajorityMeasurement) -> String {
            guard line.whole > 0 else { return "-" }
            let hundredths = line.there.multipliedFullWidth(by: 10_000)
            let (quotient, _) = line.whole.dividingFullWidth(hundredths)
            let rest = String(quotient % 100)
            return "\(quotient / 100).\(rest.count == 1 ? "0" : "")\(rest)%"
        }

        private static func verdict(_ line: MajorityMeasurement) -> String {
            guard let isReached = line.isReached else { return "-" }
            return (isReached ? "yes" : "no") + (line.isRunning ? ", so far" : "")
        }
    }
}
