// SPDX-License-Identifier: Apache-2.0

extension Plan {
    /// The embargoes of the launch-first clauses among those that apply; the lineage is the workload's model and the
    /// models that it is derived from.
    func makeEmbargoes(
        workload: Workload, terms: Terms, applicable: [Int], people: [PeopleEvidence], lineage: [String]
    ) -> [Embargo] {
        applicable.compactMap { index in
            guard case .launchFirst(let clause) = terms.clauses[index].clause.kind else { return nil }
            let models = clause.derivatives == .followBase ? lineage : [model]
            let lifting = clause.lifting(models, people: people)
            return Embargo(
                clause: index, agreement: terms.clauses[index].agreement, cloud: clause.cloud,
                liftedFrom: lifting?.from, evidence: lifting?.evidence ?? 0,
                exception: GroundTable(clause.exception),
                grounds: clause.cloud == home
                    ? homeGrounds
                    : makeGrounds(
                        of: clause.cloud, workload: workload, terms: terms, applicable: applicable, people: people))
        }
    }
}

extension LaunchFirstClause {
    /// From when other clouds may serve models, and by which evidence; `nil` while neither launch nor delay lets them.
    fileprivate func lifting(_ models: [String], people: [PeopleEvidence]) -> (from: Instant, evidence: UInt64)? {
        var earliest: (from: Instant, evidence: UInt64)?
        for record in people {
            guard case .launch(let launch) = record.subject, launch.cloud == cloud, models.contains(launch.model),
                let from = liftedFrom(launch), from < earliest?.from ?? .distantFuture
            else { continue }
            earliest = (from, record.revision)
        }
        return earliest
    }

    /// From when a milestone lets other clouds serve the model; `nil` where the clause does not ask for it.
    private func liftedFrom(_ reached: Launch) -> Instant? {
        if reached.milestone == .handedOver {
            return cureMilliseconds.map { reached.at.advanced(byMilliseconds: $0) }
        }
        guard reached.milestone.isLaunch(by: launch) else { return nil }
        return switch lead {
        case .sameInstant: reached.at
        case .milliseconds(0): reached.at.advanced(byNanoseconds: 1)
        case .milliseconds(let lead): reached.at.advanced(byMilliseconds: lead)
        }
    }
}

extension Launch.Milestone {
    /// Whether a clause means this milestone by launch.
    fileprivate func isLaunch(by meant: LaunchFirstClause.Milestone) -> Bool {
        switch meant {
        case .generalAvailability: self == .generalAvailability
        case .preview: self == .preview
        case .firstBillableRequest: self == .firstBillableRequest
        }
    }
}
