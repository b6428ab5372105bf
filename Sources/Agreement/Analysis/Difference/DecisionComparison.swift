// SPDX-License-Identifier: Apache-2.0

/// Decides every class of requests under two versions of terms, and keeps those that they decide differently.
struct DecisionComparison {
    /// What two versions say of a request with one kind of evidence, where they differ.
    private struct Pair: Hashable {
        var variant: EvidenceVariant
        var before: Outcome
        var after: Outcome
    }

    /// The numbers of the answers of both versions.
    private struct Both: Hashable {
        var left: Int
        var right: Int
    }

    let limits: AnalysisLimits
    let deployments: AnalysisDeployments
    private(set) var cells = 0
    private var consultations = 0
    private(set) var refused: [Finding] = []
    private var known: [Key: [DecisionDifference]] = [:]

    /// Two groups that have been compared already.
    private struct Key: Hashable {
        var before: [Terms.InForce.Identity]
        var after: [Terms.InForce.Identity]
    }

    init(limits: AnalysisLimits, deployments: AnalysisDeployments) {
        self.limits = limits
        self.deployments = deployments
    }

    /// The classes that two terms decide differently, each term at an instant at which it holds.
    mutating func differences(
        _ before: (terms: Terms, at: Instant), _ after: (terms: Terms, at: Instant)
    ) -> [DecisionDifference] {
        let first = before.terms.clauses.count
        let groups = ClauseGroups((before.terms.clauses + after.terms.clauses).map(\.clause.appliesTo)).groups
        return groups.flatMap { group -> [DecisionDifference] in
            let left = before.terms.restricted(to: group.filter { $0 < first })
            let right = after.terms.restricted(to: group.filter { $0 >= first }.map { $0 - first })
            guard !left.decides(as: right) else { return [] }
            let key = Key(before: left.clauses.map(\.identity), after: right.clauses.map(\.identity))
            if let known = known[key] { return known }
            let found = compare((left, before.at), (right, after.at))
            known[key] = found
            return found
        }
    }

    private mutating func compare(
        _ before: (terms: Terms, at: Instant), _ after: (terms: Terms, at: Instant)
    ) -> [DecisionDifference] {
        let sides = [before.terms, after.terms]
        let space = RequestSpace(sides: sides, deployments: deployments)
        let evidence = EvidenceSpace(sides: sides)
        let clauses = sides.reduce(0) { $0 + $1.clauses.count }
        let (decisions, overflow) = space.count.multipliedReportingOverflow(by: 2 * evidence.variants.count)
        let (reads, tooMany) = decisions.multipliedReportingOverflow(by: clauses)
        guard !overflow, !tooMany, cells + decisions <= limits.cellsMax,
            consultations + reads <= limits.consultationsMax, clauses < Int(Decision.noClause)
        else {
            let names = sides.flatMap { side in side.clauses.indices.map { side.reference($0) } }
            refused.append(
                .tooManyCells(
                    clauses: Set(names).sorted(), sizes: space.sizes, evidence: evidence.variants.count, limits: limits)
            )
            return []
        }
        cells += decisions
        consultations += reads
        var probes = (
            DecisionProbe(before.terms, deployments: deployments, evidence: evidence, at: before.at),
            DecisionProbe(after.terms, deployments: deployments, evidence: evidence, at: after.at)
        )
        var numbers: [[Pair]: Int] = [:]
        var seen: [Both: Int] = [:]
        var answers: [(pairs: [Pair], witness: Workload)] = []
        let diagram = ClassDiagram(space) { partial in
            let workload = deployments.completed(partial)
            let (left, right) = (probes.0.answers(workload), probes.1.answers(workload))
            let both = left.number.flatMap { left in right.number.map { Both(left: left, right: $0) } }
            if let both, let number = seen[both] { return number }
            let outcomes = (probes.0.outcomes(left), probes.1.outcomes(right))
            let pairs = evidence.variants.indices.compactMap { index in
                outcomes.0[index].places(as: outcomes.1[index])
                    ? nil : Pair(variant: evidence.variants[index], before: outcomes.0[index], after: outcomes.1[index])
            }
            let number = numbers[pairs] ?? answers.count
            if number == answers.count {
                numbers[pairs] = number
                answers.append((pairs, workload))
            }
            if let both { seen[both] = number }
            return number
        }
        return answers.enumerated().filter { !$0.element.pairs.isEmpty }.map { number, answer in
            DecisionDifference(
                periods: [], requests: diagram.boxes { $0 == number }.boxes.map(space.words),
                cases: cases(answer.pairs, evidence), witness: answer.witness)
        }
    }

    /// Joins the evidence with which both versions say the same as with other evidence.
    private func cases(_ pairs: [Pair], _ evidence: EvidenceSpace) -> [DecisionDifference.Case] {
        var cases: [DecisionDifference.Case] = []
        var variants: [[EvidenceVariant]] = []
        for pair in pairs {
            let texts = (pair.before.words(clouds: deployments.clouds), pair.after.words(clouds: deployments.clouds))
            if let index = cases.firstIndex(where: { $0.before == texts.0 && $0.after == texts.1 }) {
                variants[index].append(pair.variant)
            } else {
                cases.append(DecisionDifference.Case(evidence: [], before: texts.0, after: texts.1, variants: []))
                variants.append([pair.variant])
            }
        }
        for index in cases.indices {
            cases[index].evidence = evidence.words(variants[index])
            cases[index].variants = variants[index].map {
                DecisionDifference.Variant(
                    grounds: $0.grounds, isLaunched: $0.isLaunched, isExceeded: $0.isExceeded)
            }
        }
        return cases
    }
}

extension Terms {
    /// Whether both terms say the same, whoever said it and when.
    fileprivate func decides(as other: Terms) -> Bool {
        agreements.map(\.operators) == other.agreements.map(\.operators) && clauses.count == other.clauses.count
            && zip(clauses, other.clauses).allSatisfy { left, right in
                left.agreement == right.agreement && left.isLapsed == right.isLapsed
                    && left.clause.kind == right.clause.kind && left.clause.appliesTo == right.clause.appliesTo
                    && left.clause.carveOuts.map(\.appliesTo) == right.clause.carveOuts.map(\.appliesTo)
            }
    }
}
