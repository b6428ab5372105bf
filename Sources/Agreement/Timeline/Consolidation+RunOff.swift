// SPDX-License-Identifier: Apache-2.0

extension Consolidation {
    /// Until when existing use may go on after a period of a clause that runs off.
    ///
    /// A clause runs off where it ends, not where it is suspended, and no longer than until it has words again.
    ///
    /// - Parameters:
    ///   - period: one of ``periods``.
    ///   - milliseconds: how long the clause lets use run off.
    /// - Returns: the first instant after it; the end of the period where nothing runs off.
    func runOffEnd(of period: ClausePeriod, milliseconds: Int64) -> Instant {
        let id = period.clause.id
        guard !suspensions.contains(where: { $0.clause == id && $0.from == period.to }) else { return period.to }
        let next = periods.filter { $0.clause.id == id && $0.from >= period.to }.map(\.from).min()
        return min(period.to.advanced(byMilliseconds: milliseconds), next ?? .distantFuture)
    }
}
