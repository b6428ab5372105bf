// SPDX-License-Identifier: Apache-2.0

extension Terms {
    /// The course of an offer under a clause, from all that is known of it.
    ///
    /// - Parameters:
    ///   - offer: the offer's identifier.
    ///   - clause: the index of the clause among ``clauses``.
    ///   - right: the right that the clause gives.
    ///   - people: the evidence that stands.
    /// - Returns: the course; without steps where no such offer is known.
    package func offerCourse(
        of offer: String, under clause: Int, _ right: RightOfFirstRefusalClause, people: [PeopleEvidence]
    ) -> OfferCourse {
        let agreement = agreements[clauses[clause].agreement]
        var course = OfferCourse(under: right, days: agreement.days)
        for record in people {
            switch record.subject {
            case .offer(let made)
            where made.id == offer && made.agreement == agreement.id && made.clause == clauses[clause].clause.id:
                course.take(made, provenance: record.provenance, recorded: record.recorded, evidence: record.revision)
            case .offerAnswer(let answer) where answer.offer == offer && answer.agreement == agreement.id:
                course.take(
                    answer, by: record.provenance.party, recorded: record.recorded, evidence: record.revision)
            default:
                break
            }
        }
        return course
    }
}
