// SPDX-License-Identifier: Apache-2.0

extension Plan {
    /// The bans of the rights of first refusal and limits among the clauses that apply.
    func makeBans(terms: Terms, applicable: [Int], people: [PeopleEvidence]) -> [TimedBan] {
        applicable.flatMap { index in
            let inForce = terms.clauses[index]
            switch inForce.clause.kind {
            case .rightOfFirstRefusal(let right):
                return offerBans(of: right, index: index, terms: terms, people: people)
            case .limit(let limit):
                let operators = terms.agreements[inForce.agreement].operators
                let positions = bits { limit.reach.includes($0.cloud, operators: operators) }
                guard positions != 0 else { return [] }
                return [
                    TimedBan(
                        clause: index, agreement: inForce.agreement, matter: .meter, positions: positions,
                        segments: limit.segments(people))
                ]
            default:
                return []
            }
        }
    }

    /// One ban for each offer that deployments off the holder's cloud name.
    private func offerBans(
        of right: RightOfFirstRefusalClause, index: Int, terms: Terms, people: [PeopleEvidence]
    ) -> [TimedBan] {
        let inForce = terms.clauses[index]
        let offers = Set(candidates.compactMap { table.deployments[$0.deployment].capacityOffer }).sorted()
        return offers.compactMap { offer in
            let positions = bits { candidate in
                candidate.cloud != right.cloud && table.deployments[candidate.deployment].capacityOffer == offer
            }
            guard positions != 0 else { return nil }
            let course = terms.offerCourse(of: offer, under: index, right, people: people)
            return TimedBan(
                clause: index, agreement: inForce.agreement, matter: .offer, positions: positions,
                segments: [TimedBan.Segment(from: .distantPast, forbids: true, evidence: 0)]
                    + course.steps.map {
                        TimedBan.Segment(from: $0.from, forbids: !$0.state.frees, evidence: $0.evidence)
                    })
        }
    }

    private func bits(_ isConcerned: (Candidate) -> Bool) -> UInt64 {
        candidates.filter(isConcerned).reduce(0) { $0 | 1 << UInt64($1.position) }
    }
}

extension LimitClause.Reach {
    fileprivate func includes(_ cloud: String, operators: [String: String]) -> Bool {
        switch self {
        case .everywhere: true
        case .clouds(let clouds): clouds.contains(cloud)
        case .operatedBy(let party): operators[cloud] == party
        }
    }
}

extension LimitClause {
    /// What the readings of the clause's meter say over time.
    ///
    /// The latest reading speaks until its own end; behind it there is no reading, not an older one. A reading in another
    /// unit is none of this meter's.
    fileprivate func segments(_ people: [PeopleEvidence]) -> [Plan.TimedBan.Segment] {
        var readings: [(from: Instant, reading: MeterReading, evidence: UInt64)] = []
        for record in people {
            guard case .meterReading(let reading) = record.subject, reading.meter == meter,
                reading.value.unit == atMost.unit
            else { continue }
            readings.append((max(reading.at, record.recorded), reading, record.revision))
        }
        let edges = Set([.distantPast] + readings.flatMap { [$0.from, $0.reading.until] }).sorted()
        return edges.map { edge in
            let known = readings.filter { $0.from <= edge }
            let latest = known.max { ($0.reading.at, $0.evidence) < ($1.reading.at, $1.evidence) }
            guard let latest, edge < latest.reading.until else {
                return Plan.TimedBan.Segment(from: edge, forbids: onMissing == .forbid, evidence: 0)
            }
            return Plan.TimedBan.Segment(
                from: edge, forbids: latest.reading.value.exceeds(atMost) ?? true, evidence: latest.evidence)
        }
    }
}
