// SPDX-License-Identifier: Apache-2.0

/// How much an analysis may do before it asks for a narrower question.
package struct AnalysisLimits: Sendable {
    /// Decisions made: classes of requests, each with every kind of evidence.
    package var cellsMax: Int
    /// Clauses consulted by those decisions.
    package var consultationsMax: Int
    /// Decisions made to find clauses that change nothing.
    package var duplicateCellsMax: Int

    package init(cellsMax: Int, consultationsMax: Int, duplicateCellsMax: Int) {
        self.cellsMax = cellsMax
        self.consultationsMax = consultationsMax
        self.duplicateCellsMax = duplicateCellsMax
    }

    /// What `check` allows itself: seconds, on one core.
    package static let standard = AnalysisLimits(
        cellsMax: 5_000_000, consultationsMax: 200_000_000, duplicateCellsMax: 200_000)
}
