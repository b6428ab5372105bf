// SPDX-License-Identifier: Apache-2.0

/// Two versions of agreements compared: their words, and every class of requests that they decide differently.
package struct AgreementDifference: Sendable {
    /// What the first side is called, and when it is looked at.
    package let before: Side
    package let after: Side
    /// The words.
    package let redline: Redline
    /// The decisions; in the order of time, then of the requests.
    package let decisions: [DecisionDifference]
    /// What could not be looked at, with the dimension to narrow.
    package let refused: [Finding]
    /// How many decisions were made.
    package let cells: Int

    /// A side as it is named in texts.
    package struct Side: Sendable, Equatable {
        package var name: String
        package var at: Instant?
    }

    /// Compares two versions.
    ///
    /// Where both have an instant, the terms at these instants are compared; where one has, both are looked at then;
    /// where none has, the terms of both at every time.
    ///
    /// - Parameters:
    ///   - before: the version that is compared from.
    ///   - after: the version that is compared to.
    ///   - deployments: the deployments of a gateway; `nil` for one on each declared cloud and one on a cloud of nobody.
    ///   - limits: how much may be done.
    package init(
        from before: AgreementVersion, to after: AgreementVersion, deployments: DeploymentTable? = nil,
        limits: AnalysisLimits = .standard
    ) {
        var (before, after) = (before, after)
        before.at = before.at ?? after.at
        after.at = after.at ?? before.at
        self.before = Side(name: before.name, at: before.at)
        self.after = Side(name: after.name, at: after.at)
        redline = Redline(from: before, to: after)
        var comparison = DecisionComparison(
            limits: limits,
            deployments: AnalysisDeployments(
                of: (before.members + after.members).map(\.document), configured: deployments))
        if let tooMany = comparison.deployments.tooMany {
            decisions = []
            refused = [tooMany]
        } else if let start = before.at, let end = after.at {
            decisions = comparison.differences((before.terms(at: start), start), (after.terms(at: end), end))
            refused = comparison.refused
        } else if let refusal = Self.tooManyPeriods(before, after) {
            decisions = []
            refused = [refusal]
        } else {
            decisions = Self.overTime(before, after, &comparison)
            refused = comparison.refused
        }
        cells = comparison.cells
    }

    private static func tooManyPeriods(_ before: AgreementVersion, _ after: AgreementVersion) -> Finding? {
        let all = before.consolidations + after.consolidations
        let boundaries = Set(all.flatMap(\.boundaries)).count
        let periods = all.reduce(0) { $0 + $1.periods.count }
        guard boundaries.multipliedReportingOverflow(by: periods).partialValue > TermsSegments.lookupsMax else {
            return nil
        }
        return .tooManyPeriods(boundaries: boundaries, periods: periods)
    }

    private static func overTime(
        _ before: AgreementVersion, _ after: AgreementVersion, _ comparison: inout DecisionComparison
    ) -> [DecisionDifference] {
        let start = (before.members + after.members).flatMap(\.document.instruments).map(\.effective).min()
        guard var at = start else { return [] }
        var found: [DecisionDifference] = []
        while at < .distantFuture {
            let (left, right) = (before.terms(at: at), after.terms(at: at))
            let end = max(min(left.validUntil, right.validUntil), at.advanced(byNanoseconds: 1))
            for difference in comparison.differences((left, at), (right, at)) {
                let period = Finding.Period(from: at, to: end)
                let same = found.firstIndex {
                    $0.requests == difference.requests && $0.cases == difference.cases
                }
                if let same, let last = found[same].periods.last {
                    if last.to == period.from {
                        found[same].periods[found[same].periods.count - 1].to = end
                    } else {
                        found[same].periods.append(period)
                    }
                } else {
                    found.append(difference)
                    found[found.count - 1].periods = [period]
                }
            }
            at = end
        }
        return found
    }
}
