// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("What holds for every analysis")
struct AnalysisPropertyTests {
    private let seed = UInt64.random(in: 0...UInt64.max)
    private static let rounds: UInt64 = 16
    /// How many rounds a test goes on for when the first ones had too few of the cases that it is about.
    private static let roundsMax = rounds * 20
    private static let products = ["", "chat", "search", "labs", "labs-1", "mail"]
    private static let channels = ["", "foundry", "azure", "aws", "gcp", "shop"]

    private func documents(_ seed: UInt64) -> [AgreementDocument] {
        RandomCase(seed: seed, isQuiet: true).facts.agreements.values.sorted { $0.id < $1.id }.prefix(2).map {
            document in
            // Small ones, so that each can be looked at in a moment.
            var small = document
            for index in small.instruments.indices {
                small.instruments[index].operations.removeLast(max(0, small.instruments[index].operations.count - 4))
            }
            return small
        }
    }

    private func request(_ random: inout CaseRandom) -> Workload {
        Workload(
            [
                .product: random.one(Self.products), .channel: random.one(Self.channels),
                .publisher: random.one(["openai", "other"]),
            ], surface: random.one(Surface.allCases), features: FeatureSet(rawValue: UInt16(random.number(0...15))))
    }

    @Test("Every refusal that random requests meet is found, for the same reason")
    func complete() {
        var refused = 0
        for round in 0..<Self.roundsMax as Range<UInt64> where round < Self.rounds || refused <= 5 {
            let documents = documents(seed &+ round)
            let analysis = AgreementAnalysis(of: documents)
            #expect(analysis.isComplete, "seed \(seed &+ round)")
            var random = CaseRandom(seed: seed &+ round)
            for _ in 0..<150 {
                let workload = request(&random)
                let again = AnalysisCase(
                    documents: documents,
                    at: Scenario.noon.advanced(byMilliseconds: random.one([-3_500, -1, 1, 3_500, 2_000_000])),
                    happened: random.happens(oneIn: 2) ? documents.map { "\($0.id)/end" } : [],
                    grounds: random.one([[], .capacity, .declined]), isLaunched: random.happens(oneIn: 2))
                guard let (refusal, clauses) = again.refusal(workload), refusal == .conflict || refusal == .forbidden
                else { continue }
                refused += 1
                #expect(
                    analysis.findings.contains {
                        $0.claimedRefusal == refusal && Set($0.clauses).isSubset(of: clauses)
                    }, "seed \(seed &+ round): \(workload.words) is refused \(refusal.name) by \(clauses)")
            }
        }
        #expect(refused > 5, "seed \(seed)")
    }

    @Test("Every witness is decided again as the finding claims")
    func witnesses() throws {
        var witnesses = 0
        for round in 0..<Self.roundsMax as Range<UInt64> where round < Self.rounds || witnesses <= 3 {
            let documents = documents(seed &+ round)
            for finding in AgreementAnalysis(of: documents).findings {
                guard let claimed = finding.claimedRefusal else { continue }
                witnesses += 1
                let again = try #require(AnalysisCase(finding, documents)).refusal(try #require(finding.witness))
                #expect(again?.refusal == claimed, "seed \(seed &+ round)")
                #expect(again?.clauses == finding.clauses, "seed \(seed &+ round)")
            }
        }
        #expect(witnesses > 3, "seed \(seed)")
    }

    @Test("The order of files, instruments and clauses changes nothing")
    func order() {
        for round in 0..<Self.rounds as Range<UInt64> {
            let documents = documents(seed &+ round)
            var random = CaseRandom(seed: seed &+ round)
            let shuffled = documents.shuffled(using: &random).map { document in
                var other = document
                other.clouds.shuffle(using: &random)
                other.instruments = document.instruments.map { instrument in
                    var other = instrument
                    other.operations.shuffle(using: &random)
                    return other
                }.shuffled(using: &random)
                return other
            }
            #expect(
                AgreementAnalysis(of: documents).findings == AgreementAnalysis(of: shuffled).findings,
                "seed \(seed &+ round)")
        }
    }

    @Test("A clause that is said never to apply applies to no random request")
    func deadClauses() {
        for round in 0..<Self.rounds as Range<UInt64> {
            let documents = documents(seed &+ round)
            let dead = AgreementAnalysis(of: documents).findings.filter {
                [.emptySelector, .alwaysCarvedOut, .neverInForce].contains($0.code)
            }
            guard !dead.isEmpty else { continue }
            var random = CaseRandom(seed: seed &+ round)
            for _ in 0..<100 {
                let (terms, table, _) = AnalysisCase(
                    documents: documents,
                    at: Scenario.noon.advanced(byMilliseconds: random.one([-3_500, -1, 1, 3_500, 2_000_000]))
                ).decide(request(&random))
                let plan = Plan(
                    workload: request(&random), terms: terms,
                    configuration: PlacementConfiguration(deployments: table), people: [])
                for line in plan.consulted where line.saying != .otherWorkload && line.carveOut == nil {
                    let applies = dead.contains { $0.clauses == [terms.reference(line.clause)] }
                    #expect(!applies || terms.clauses[line.clause].isLapsed, "seed \(seed &+ round)")
                }
            }
        }
    }

    @Test("A clause that is noted as changing nothing can go without another outcome for random requests")
    func duplicates() {
        var compared = 0
        for round in 0..<Self.roundsMax as Range<UInt64> where round < Self.rounds || compared == 0 {
            // Every first clause stands there twice.
            let documents = documents(seed &+ round).map { document in
                var doubled = document
                for case .add(var clause) in document.instruments[0].operations.prefix(1) {
                    clause.id = "copy"
                    doubled.instruments[0].operations.append(.add(clause))
                }
                return doubled
            }
            for finding in AgreementAnalysis(of: documents).findings where finding.code == .duplicate {
                let without = documents.map { document in
                    var other = document
                    for index in other.instruments.indices {
                        other.instruments[index].operations.removeAll {
                            "\(document.id)/\($0.clauseID)" == finding.clauses[0]
                        }
                    }
                    return other
                }
                var random = CaseRandom(seed: seed &+ round)
                for _ in 0..<30 {
                    let workload = request(&random)
                    let at = Scenario.noon.advanced(byMilliseconds: random.one([-3_500, 0, 3_500]))
                    let grounds: GroundSet = random.one([[], .capacity, .declined])
                    let (with, other) = (
                        AnalysisCase(documents: documents, at: at, grounds: grounds),
                        AnalysisCase(documents: without, at: at, grounds: grounds)
                    )
                    #expect(clouds(with, workload) == clouds(other, workload), "seed \(seed &+ round)")
                    compared += 1
                }
            }
        }
        #expect(compared > 0, "seed \(seed)")
    }

    private func clouds(_ some: AnalysisCase, _ workload: Workload) -> Set<String> {
        let (_, table, decision) = some.decide(workload)
        return Set((0..<decision.count).map { table.deployments[Int(decision[$0].deployment)].cloud })
    }
}
