// SPDX-License-Identifier: Apache-2.0

/// What an exhaustive look at agreements finds: every class of requests that their clauses can tell apart, in every time
/// between two boundaries, without evidence and with each, decided by the functions that decide in a gateway.
package struct AgreementAnalysis: Sendable {
    /// What was found, the worst first; the same whatever the order of files and clauses.
    package let findings: [Finding]
    /// How many decisions were made.
    package let cells: Int
    /// Whether everything was looked at.
    package let isComplete: Bool

    /// Analyses agreements together.
    ///
    /// - Parameters:
    ///   - documents: the agreements, in any order.
    ///   - deployments: the deployments of a gateway; `nil` for one on each declared cloud and one on a cloud of nobody.
    ///   - drafts: which drafts count as if they were adopted.
    ///   - limits: how much may be done.
    package init(
        of documents: [AgreementDocument], deployments: DeploymentTable? = nil, drafts: DraftSelection = .none,
        limits: AnalysisLimits = .standard
    ) {
        var run = AnalysisRun(
            documents.sorted { $0.id < $1.id }, deployments: deployments, drafts: drafts,
            limits: limits)
        run.analyse()
        findings = run.findings.sorted { $0.precedes($1) }
        cells = run.cells
        isComplete = !findings.contains { $0.code == .tooManyCells }
    }
}

extension Finding {
    fileprivate func precedes(_ other: Finding) -> Bool {
        func rank(_ finding: Finding) -> (Int, Int) {
            (
                Severity.allCases.firstIndex(of: finding.severity) ?? 0,
                Code.allCases.firstIndex(of: finding.code) ?? 0
            )
        }
        let (own, others) = (rank(self), rank(other))
        guard own == others else { return own < others }
        if clauses != other.clauses { return clauses.lexicographicallyPrecedes(other.clauses) }
        return (periods.first?.from ?? .distantPast, message) < (
            other.periods.first?.from ?? .distantPast, other.message
        )
    }
}
