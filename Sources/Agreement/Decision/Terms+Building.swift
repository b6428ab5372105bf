// SPDX-License-Identifier: Apache-2.0

extension Terms {
    /// The terms of several agreements at an instant.
    ///
    /// - Parameters:
    ///   - agreements: the adopted documents with the events that are known of each, in any order.
    ///   - at: the instant.
    package init(of agreements: [(document: AgreementDocument, consolidation: Consolidation)], at: Instant) {
        let sorted = agreements.sorted { $0.document.id < $1.document.id }
        self.agreements = sorted.map { agreement in
            Party(
                id: agreement.document.id,
                operators: Dictionary(
                    agreement.document.clouds.map { ($0.id, $0.operatedBy) }, uniquingKeysWith: { first, _ in first }),
                // The reader refuses an agreement whose zone the database does not have.
                days: OfferDays(
                    zone: DayZone(named: agreement.document.timezone) ?? .utc, calendars: agreement.document.calendars))
        }
        var clauses: [InForce] = []
        var validFrom = Instant.distantPast
        var validUntil = Instant.distantFuture
        func bound(_ boundary: Instant) {
            if boundary <= at { validFrom = max(validFrom, boundary) } else { validUntil = min(validUntil, boundary) }
        }
        for (index, agreement) in sorted.enumerated() {
            agreement.consolidation.boundaries.forEach(bound)
            let effective = Dictionary(
                agreement.document.instruments.map { ($0.id, $0.effective) }, uniquingKeysWith: { first, _ in first })
            var licencesInTerm: Set<String> = []
            var outOfTerm: [String: InForce] = [:]
            for period in agreement.consolidation.periods {
                var entry = InForce(
                    agreement: index, instrument: period.instrument, clause: period.clause, from: period.from,
                    to: period.to, isLapsed: false)
                if case .licence(let licence) = period.clause.kind {
                    // Before its paper takes effect a licence does not forbid: only papers in effect change decisions.
                    let inEffect = effective[period.instrument] ?? period.from
                    bound(inEffect)
                    guard inEffect <= at else { continue }
                    let end = agreement.consolidation.runOffEnd(
                        of: period, milliseconds: licence.runOffMilliseconds)
                    bound(end)
                    if period.from <= at, at < end {
                        licencesInTerm.insert(period.clause.id)
                        clauses.append(entry)
                    } else {
                        // Outside its term a licence forbids; of several periods the one that ended last speaks.
                        entry.isLapsed = true
                        if let other = outOfTerm[period.clause.id], other.to >= entry.to { continue }
                        outOfTerm[period.clause.id] = entry
                    }
                } else if period.from <= at, at < period.to {
                    clauses.append(entry)
                }
            }
            clauses += outOfTerm.filter { !licencesInTerm.contains($0.key) }.map(\.value)
        }
        self.clauses = clauses.sorted {
            ($0.agreement, $0.clause.id, $0.from) < ($1.agreement, $1.clause.id, $1.from)
        }
        self.validFrom = validFrom
        self.validUntil = validUntil
    }
}
