// SPDX-License-Identifier: Apache-2.0

package import Agreement
internal import Records

/// One decision in plain words, with the clauses that it rests on.
package struct Explanation: Sendable, Codable, Equatable {
    /// One clause and what it said.
    package struct ClauseLine: Sendable, Codable, Equatable {
        package var clause: String
        package var kind: String
        package var instrument: String
        package var saying: String
        package var carveOut: String?
        /// The words of the paper.
        package var quote: String?
        package var source: String?
        package var grade: String?
        package var from: String
        package var to: String
    }

    /// One deployment and what became of it.
    package struct DeploymentLine: Sendable, Codable, Equatable {
        package var deployment: String
        package var cloud: String
        package var verdict: String
        package var clause: String?
        /// Its place in the list, from 1; `nil` where it is not listed.
        package var place: Int?
        package var ground: String?
        /// The number of the evidence that the ground rests on.
        package var evidence: UInt64?
    }

    /// A migration of the workload that was not closed.
    package struct MigrationLine: Sendable, Codable, Equatable {
        package var migration: String
        package var from: String
        package var to: String
        package var ground: String
        package var percent: Int
        /// What it does to the request, or why nothing.
        package var verdict: String
    }

    /// The request, where the decision was recorded.
    package var request: String?
    package var number: Int
    package var at: String
    package var now: String
    /// The last fact that was read.
    package var revision: UInt64
    package var isObserved: Bool
    package var workload: [String: String]
    package var features: [String]
    /// `listed` or the name of the refusal.
    package var outcome: String
    package var retryAt: String?
    package var clauses: [ClauseLine]
    package var deployments: [DeploymentLine]
    package var established: [String]
    package var missing: [String]
    /// The evidence that was used, in words.
    package var evidence: [String]
    package var validUntil: String
    /// `nil` where the workload has no migration.
    package var migrations: [MigrationLine]?
}

extension Explanation {
    /// Explains a decision that is made now, or was recorded.
    ///
    /// - Parameters:
    ///   - facts: the facts that the decision reads.
    ///   - workload: what the request is.
    ///   - at: the admission.
    ///   - now: the instant of the call.
    ///   - own: what the request itself has met.
    ///   - isObserved: whether observed agreements take part.
    ///   - request: the request's identifier, where the decision was recorded.
    ///   - number: which decision on the request it is, from 0.
    package init(
        facts: Facts, workload: Workload, at: Instant, now: Instant, own: OwnSignals = OwnSignals(),
        isObserved: Bool = false, request: String? = nil, number: Int = 0
    ) {
        let terms = facts.terms(at: at, includingObserved: isObserved)
        let plan = Plan(
            workload: workload, terms: terms, configuration: facts.configuration, people: facts.standingEvidence)
        let decision = plan.decide(windows: facts.windows, at: at, now: now, own: own)
        let trace = plan.trace(decision, terms: terms, windows: facts.windows, at: at, now: now, own: own)
        self.request = request
        self.number = number
        self.at = at.description
        self.now = now.description
        revision = facts.revision
        self.isObserved = isObserved
        self.workload = Dictionary(
            uniqueKeysWithValues: Dimension.allCases.filter { !workload[$0].isEmpty }.map { ($0.name, workload[$0]) })
        self.workload["surface"] = workload.surface.name
        features = workload.features.featureNames
        outcome = decision.refusal?.name ?? "listed"
        retryAt = decision.retryAt == .distantFuture ? nil : decision.retryAt.description
        clauses = zip(trace.clauses, plan.consulted).map { line, consulted in
            ClauseLine(line, terms.clauses[consulted.clause])
        }
        let table = facts.configuration.deployments
        var evidence = Set<UInt64>()
        deployments = trace.deployments.map { line in
            let place = (0..<decision.count).first {
                table.deployments[Int(decision[$0].deployment)].id == line.deployment
            }
            let entry = place.map { decision[$0] }
            if let number = entry?.evidence, number != 0 { evidence.insert(number) }
            return DeploymentLine(
                deployment: line.deployment,
                cloud: table.deployments.first { $0.id == line.deployment }?.cloud ?? "", verdict: line.verdict,
                clause: line.clause.isEmpty ? nil : line.clause, place: place.map { $0 + 1 },
                ground: entry?.shown?.name, evidence: entry.flatMap { $0.evidence == 0 ? nil : $0.evidence })
        }
        established = trace.established
        missing = trace.missing
        self.evidence = evidence.sorted().map { facts.describe(evidence: $0) }
        validUntil = terms.validUntil.description
        let migrations = MigrationLine.lines(of: plan, decision: decision, at: at, now: now, bucket: own.bucket)
        self.migrations = migrations.isEmpty ? nil : migrations
    }
}

extension Explanation.ClauseLine {
    fileprivate init(_ line: DecisionTrace.ClauseLine, _ inForce: Terms.InForce) {
        clause = line.clause
        kind = inForce.clause.kind.name
        instrument = line.instrument
        saying = line.saying
        carveOut = line.carveOut.isEmpty ? nil : line.carveOut
        quote = inForce.clause.text
        source = inForce.clause.source?.title
        grade = inForce.clause.source?.grade.rawValue
        from = inForce.from.description
        to = inForce.to.description
    }
}
