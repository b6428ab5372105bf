// SPDX-License-Identifier: Apache-2.0

/// What the enumeration of one group of clauses shows, whenever they are in force together.
struct GroupAnalysis {
    /// What can be wrong with a request.
    struct Fault: Hashable {
        var code: Finding.Code
        /// The clauses named, as `agreement/clause`, in order.
        var clauses: [String]
        /// Whether one clause by itself forbids every deployment.
        var isOneClause: Bool

        /// Whether fewer clauses are the same matter with a request.
        func subsumes(_ other: Fault) -> Bool {
            code == other.code && clauses.count < other.clauses.count && Set(clauses).isSubset(of: other.clauses)
        }
    }

    /// A fault with the first request that shows it.
    struct Occurrence {
        var fault: Fault
        var witness: Workload
        var evidence: Finding.EvidenceWords
        var requests: [String]
    }

    /// What became of one wording of a clause.
    struct Coverage {
        var isMatched = false
        var isApplied = false
        /// The carve-outs that let a request go.
        var lifting: Set<String> = []
        /// Whether the clause let a request go to another cloud on a ground.
        var spills = false
        /// Whether the clause bound or forbade.
        var decides = false
    }

    private(set) var occurrences: [Occurrence] = []
    private(set) var coverage: [Terms.InForce.Identity: Coverage] = [:]
    /// The clauses without which every decision would be the same; `nil` where that was not looked for.
    private(set) var duplicates: Set<Terms.InForce.Identity>?
    private let space: RequestSpace
    private let evidence: EvidenceSpace
    private let deployments: AnalysisDeployments
    private let terms: Terms
    private let at: Instant

    init(
        _ terms: Terms, space: RequestSpace, evidence: EvidenceSpace, deployments: AnalysisDeployments, at: Instant
    ) {
        self.terms = terms
        self.space = space
        self.evidence = evidence
        self.deployments = deployments
        self.at = at
        enumerate()
    }

    private mutating func enumerate() {
        var probe = DecisionProbe(terms, deployments: deployments, evidence: evidence, at: at)
        var numbers: [[Fault]: Int] = [:]
        var answers: [[Fault]] = []
        var first: [Fault: (witness: Workload, variant: EvidenceVariant)] = [:]
        var covered = Array(repeating: Coverage(), count: terms.clauses.count)
        var known: [Int: Int] = [:]
        let diagram = ClassDiagram(space) { partial in
            let workload = deployments.completed(partial)
            let found = probe.answers(workload)
            if let number = found.number, let result = known[number] { return result }
            var met: [(fault: Fault, variant: EvidenceVariant)] = []
            for answer in found.all {
                if answer.variant.size == 0 { Self.cover(&covered, answer.plan) }
                Self.noteSpill(&covered, answer)
                if let fault = fault(answer) { met.append((fault, answer.variant)) }
            }
            var faults: [Fault] = []
            // One cause is one finding: what fewer clauses do to the same request is not told of more.
            for (fault, variant) in met where !met.contains(where: { $0.fault.subsumes(fault) }) {
                if !faults.contains(fault) { faults.append(fault) }
                if variant.size < first[fault]?.variant.size ?? .max { first[fault] = (workload, variant) }
            }
            let result = numbers[faults] ?? answers.count
            if result == answers.count {
                numbers[faults] = result
                answers.append(faults)
            }
            if let number = found.number { known[number] = result }
            return result
        }
        for (index, inForce) in terms.clauses.enumerated() { coverage[inForce.identity] = covered[index] }
        occurrences = first.map { fault, seen in
            let boxes = diagram.boxes { answers[$0].contains(fault) }.boxes
            return Occurrence(
                fault: fault, witness: seen.witness,
                evidence: Finding.EvidenceWords(
                    words: evidence.words([seen.variant]).first ?? "", grounds: seen.variant.grounds,
                    isLaunched: seen.variant.isLaunched, isExceeded: seen.variant.isExceeded),
                requests: boxes.map(space.words))
        }
    }

    private static func cover(_ covered: inout [Coverage], _ plan: Plan) {
        for line in plan.consulted where line.saying != .otherWorkload {
            covered[line.clause].isMatched = true
            if let carveOut = line.carveOut {
                covered[line.clause].lifting.insert(carveOut)
            } else {
                covered[line.clause].isApplied = true
            }
            switch line.saying {
            case .binds, .forbidsOtherClouds, .runsEmbargo: covered[line.clause].decides = true
            default: break
            }
        }
    }

    private static func noteSpill(_ covered: inout [Coverage], _ answer: DecisionProbe.Answer) {
        let spills = (0..<answer.decision.count).contains { index in
            let entry = answer.decision[index]
            return !entry.flags.contains(.primary) && !entry.grounds.isDisjoint(with: .byEvidence)
        }
        guard spills else { return }
        for line in answer.plan.consulted where line.saying == .binds { covered[line.clause].spills = true }
    }

    /// What is wrong with an answer; `nil` where nothing is.
    private func fault(_ answer: DecisionProbe.Answer) -> Fault? {
        let decision = answer.decision
        guard let refusal = decision.refusal else { return nil }
        let blamed = (0..<decision.refusalClauseCount).map { decision.refusalClause($0) }
        let names = blamed.map { terms.reference($0) }.sorted()
        switch refusal {
        case .conflict:
            let arePrimaries = blamed.allSatisfy { index in
                if case .primaryCloud = terms.clauses[index].clause.kind { return true }
                return false
            }
            return Fault(code: arePrimaries ? .differentPrimaries : .conflict, clauses: names, isOneClause: false)
        case .forbidden:
            let trace = answer.plan.trace(
                decision, terms: terms, windows: answer.windows, at: at, now: at, own: answer.own)
            let isOneClause =
                names.count == 1
                && trace.deployments.allSatisfy { $0.verdict == "forbidden" && $0.clause == names[0] }
            return Fault(code: .unservable, clauses: names, isOneClause: isOneClause)
        case .primaryNotConfigured:
            return Fault(code: .primaryNotConfigured, clauses: names, isOneClause: false)
        case .modelNotConfigured, .primaryBusy, .exhausted:
            return nil
        }
    }

    /// Looks for clauses without which every decision of the group would be the same.
    mutating func findDuplicates() {
        let candidates = terms.clauses.indices.filter { coverage[terms.clauses[$0].identity]?.decides ?? false }
        var unneeded = Set(candidates)
        var whole = DecisionProbe(terms, deployments: deployments, evidence: evidence, at: at)
        var without = candidates.map { index in
            var rest = terms
            rest.clauses.remove(at: index)
            return DecisionProbe(rest, deployments: deployments, evidence: evidence, at: at)
        }
        _ = ClassDiagram(space) { partial in
            guard !unneeded.isEmpty else { return 0 }
            let workload = deployments.completed(partial)
            let outcomes = whole.outcomes(whole.answers(workload))
            for (position, index) in candidates.enumerated() where unneeded.contains(index) {
                let others = without[position].outcomes(without[position].answers(workload))
                if !zip(outcomes, others).allSatisfy({ $0.places(as: $1) }) { unneeded.remove(index) }
            }
            return 0
        }
        duplicates = Set(unneeded.map { terms.clauses[$0].identity })
    }
}

extension DecisionProbe {
    /// What becomes of a request with these answers.
    func outcomes(_ answers: Answers) -> [Outcome] {
        answers.all.map { Outcome($0.decision, table: $0.table, terms: terms) }
    }
}
