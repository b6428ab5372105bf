// SPDX-License-Identifier: Apache-2.0

/// One analysis on its way: goes through the segments, enumerates each group of clauses once, and gathers findings.
struct AnalysisRun {
    /// Which group of wordings is meant: the same group in another segment is not enumerated again.
    private typealias GroupKey = [Terms.InForce.Identity]

    /// Everything seen of one wording of a clause, over all groups that it was in.
    private struct Seen {
        var coverage = GroupAnalysis.Coverage()
        /// Whether every group was looked at.
        var isComplete = true
        /// Whether no decision needs it; `nil` while that was not looked for.
        var isDuplicate: Bool?
    }

    /// A fault with the times in which it was seen.
    private struct Sighting {
        var occurrence: GroupAnalysis.Occurrence
        /// Where it was seen first.
        var segment: TermsSegments.Segment
        var periods: [Finding.Period]
    }

    let documents: [AgreementDocument]
    let limits: AnalysisLimits
    private let deployments: AnalysisDeployments
    private let segments: TermsSegments
    private let drafts: DraftSelection
    private(set) var findings: [Finding] = []
    /// How many decisions were made.
    private(set) var cells = 0
    private var consultations = 0
    private var groups: [GroupKey: GroupAnalysis] = [:]
    private var refused: Set<GroupKey> = []
    private var seen: [Terms.InForce.Identity: Seen] = [:]
    private var sightings: [GroupAnalysis.Fault: Sighting] = [:]

    init(
        _ documents: [AgreementDocument], deployments: DeploymentTable?, drafts: DraftSelection, limits: AnalysisLimits
    ) {
        self.documents = documents
        self.limits = limits
        self.drafts = drafts
        self.deployments = AnalysisDeployments(of: documents, configured: deployments)
        segments = TermsSegments(of: documents, drafts: drafts)
    }

    mutating func analyse() {
        guard !segments.isTooLong else {
            findings.append(.tooManyPeriods(boundaries: segments.boundaryCount, periods: segments.periodCount))
            return
        }
        if let tooMany = deployments.tooMany {
            findings.append(tooMany)
            return
        }
        var divided: [GroupKey: [[Int]]] = [:]
        // What holds while no event has happened is told first, and not again.
        for segment in segments.segments.filter(\.happened.isEmpty) + segments.segments.filter({ !$0.happened.isEmpty })
        {
            let key = segment.terms.clauses.map(\.identity)
            let division =
                divided[key] ?? ClauseGroups(segment.terms.clauses.map(\.clause.appliesTo)).groups
            divided[key] = division
            for group in division { look(at: group, in: segment) }
        }
        findings += sightings.values.map { finding($0) }
        addClauseFindings()
    }

    // MARK: Groups

    private mutating func look(at group: [Int], in segment: TermsSegments.Segment) {
        let terms = segment.terms.restricted(to: group)
        let key = terms.clauses.map(\.identity)
        guard !refused.contains(key) else { return }
        guard let analysis = groups[key] ?? enumerated(terms, at: segment.at) else {
            refused.insert(key)
            for inForce in terms.clauses { seen[inForce.identity, default: Seen()].isComplete = false }
            return
        }
        if groups.updateValue(analysis, forKey: key) == nil { take(analysis) }
        let period = Finding.Period(from: segment.from, to: segment.to)
        for occurrence in analysis.occurrences {
            guard var known = sightings[occurrence.fault] else {
                sightings[occurrence.fault] = Sighting(
                    occurrence: occurrence, segment: segment, periods: [period])
                continue
            }
            // What holds whatever the events did is told once, as it is while none has happened.
            guard known.segment.happened == segment.happened else { continue }
            if let last = known.periods.last, last.to == period.from {
                known.periods[known.periods.count - 1].to = period.to
            } else if known.periods.last != period {
                known.periods.append(period)
            }
            sightings[occurrence.fault] = known
        }
    }

    private mutating func enumerated(_ terms: Terms, at: Instant) -> GroupAnalysis? {
        let space = RequestSpace(sides: [terms], deployments: deployments)
        let evidence = EvidenceSpace(sides: [terms])
        let (decisions, overflow) = space.count.multipliedReportingOverflow(by: evidence.variants.count)
        // A launch-first clause weighs the evidence about its cloud against every clause.
        let waiting = terms.clauses.count { $0.clause.waitsForLaunch }
        let (reads, tooMany) = decisions.multipliedReportingOverflow(by: terms.clauses.count * (1 + waiting))
        guard !overflow, !tooMany, cells + decisions <= limits.cellsMax,
            consultations + reads <= limits.consultationsMax, terms.clauses.count < Int(Decision.noClause)
        else {
            findings.append(
                .tooManyCells(
                    clauses: terms.clauses.indices.map { terms.reference($0) }, sizes: space.sizes,
                    evidence: evidence.variants.count, limits: limits))
            return nil
        }
        cells += decisions
        consultations += reads
        var analysis = GroupAnalysis(terms, space: space, evidence: evidence, deployments: deployments, at: at)
        if decisions * terms.clauses.count <= limits.duplicateCellsMax {
            analysis.findDuplicates()
        }
        return analysis
    }

    private mutating func take(_ analysis: GroupAnalysis) {
        for (identity, coverage) in analysis.coverage {
            var wording = seen[identity] ?? Seen()
            wording.coverage.isMatched = wording.coverage.isMatched || coverage.isMatched
            wording.coverage.isApplied = wording.coverage.isApplied || coverage.isApplied
            wording.coverage.spills = wording.coverage.spills || coverage.spills
            wording.coverage.decides = wording.coverage.decides || coverage.decides
            wording.coverage.lifting.formUnion(coverage.lifting)
            if let duplicates = analysis.duplicates, coverage.decides {
                wording.isDuplicate = (wording.isDuplicate ?? true) && duplicates.contains(identity)
            } else if coverage.decides {
                wording.isDuplicate = false
            }
            seen[identity] = wording
        }
    }

    private func finding(_ sighting: Sighting) -> Finding {
        let occurrence = sighting.occurrence
        var finding = Finding.fault(occurrence.fault)
        finding.periods = sighting.periods
        finding.happened = sighting.segment.happened
        finding.happenedFrom = sighting.segment.happenedFrom
        finding.decidedAt = sighting.segment.at
        finding.witness = occurrence.witness
        finding.requests = occurrence.requests
        finding.evidence = occurrence.evidence
        return finding
    }

    // MARK: Clauses

    /// Goes through every wording that an instrument gives, in the order of agreements, clauses and instruments.
    private mutating func addClauseFindings() {
        for (index, document) in documents.enumerated() {
            for instrument in document.instruments where drafts.includes(instrument) && instrument.kind.changesTerms {
                for clause in instrument.operations.compactMap(\.clause) {
                    let identity = Terms.InForce.Identity(
                        agreement: index, clause: clause.id, instrument: instrument.id, isLapsed: false)
                    addFindings(about: clause, identity, reference: "\(document.id)/\(clause.id)")
                }
            }
        }
    }

    private mutating func addFindings(
        about clause: Clause, _ identity: Terms.InForce.Identity, reference: String
    ) {
        guard segments.inForceSometime.contains(identity) else {
            findings.append(.neverInForce(reference, instrument: identity.instrument))
            return
        }
        guard let wording = seen[identity], wording.isComplete else { return }
        let coverage = wording.coverage
        guard coverage.isMatched else {
            findings.append(.emptySelector(reference, instrument: identity.instrument))
            return
        }
        if !coverage.isApplied {
            findings.append(.alwaysCarvedOut(reference, instrument: identity.instrument, by: coverage.lifting.sorted()))
        }
        for carveOut in clause.carveOuts where !coverage.lifting.contains(carveOut.id) {
            findings.append(.vacuousCarveOut(reference, instrument: identity.instrument, carveOut: carveOut.id))
        }
        if coverage.isApplied, !coverage.spills, case .primaryCloud = clause.kind, !clause.namedGrounds.isEmpty {
            findings.append(
                .spillNowhere(reference, instrument: identity.instrument, grounds: clause.namedGrounds.map(\.name)))
        }
        if coverage.decides, wording.isDuplicate == true {
            findings.append(.duplicate(reference, instrument: identity.instrument))
        }
    }
}
