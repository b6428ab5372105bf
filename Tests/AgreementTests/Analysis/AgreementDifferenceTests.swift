// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Comparing agreements")
struct AgreementDifferenceTests {
    private static let reported = "microsoft-openai-as-reported.yaml"
    private static let anyOf = "{any_of: [capacity, declined]}"
    private static let allOf = "{all_of: [capacity, declined]}"

    @Test("The two readings of April 2026 differ in the requests that one ground alone lets spill")
    func twoReadings() throws {
        let difference = AgreementDifference(
            from: try VersionSample.example(Self.reported, name: "or.yaml", at: "2026-05-01T00:00:00Z"),
            to: try VersionSample.example(
                Self.reported, name: "and.yaml", at: "2026-05-01T00:00:00Z", changing: Self.anyOf, to: Self.allOf))
        let text = difference.rendered
        #expect(try text == LanguageFiles.golden("analysis/or-against-and.txt", actual: text))
        #expect(difference.decisions.map(\.witness.features.isEmpty) == [true, false])
        #expect(
            difference.decisions.map { $0.cases.flatMap(\.evidence) } == [
                ["capacity"], ["capacity alone", "declined alone"],
            ])
    }

    @Test("From October 2025 to April 2026 the terms alone tell the story")
    func story() throws {
        let difference = AgreementDifference(
            from: try VersionSample.example(Self.reported, name: "October 2025", at: "2025-11-01T00:00:00Z"),
            to: try VersionSample.example(Self.reported, name: "April 2026", at: "2026-05-01T00:00:00Z"))
        let text = difference.rendered
        #expect(try text == LanguageFiles.golden("analysis/october-to-april.txt", actual: text))
    }

    @Test("Each witness is decided differently, with the evidence that is named and with no other")
    func witnesses() throws {
        let sides = [
            try VersionSample.example(Self.reported, at: "2025-11-01T00:00:00Z"),
            try VersionSample.example(Self.reported, at: "2026-05-01T00:00:00Z"),
        ]
        for difference in AgreementDifference(from: sides[0], to: sides[1]).decisions {
            let named = difference.cases.flatMap(\.variants)
            for grounds in [[], .capacity, .declined, [.capacity, .declined]] as [GroundSet] {
                for isLaunched in [false, true] {
                    let placements = try sides.map { side in
                        placement(
                            difference.witness,
                            AnalysisCase(
                                documents: side.members.map(\.document), at: try #require(side.at), grounds: grounds,
                                isLaunched: isLaunched))
                    }
                    let isNamed = named.contains { $0.grounds == grounds && $0.isLaunched == isLaunched }
                    #expect((placements[0] != placements[1]) == isNamed, "\(difference.witness.words), \(grounds)")
                }
            }
        }
    }

    /// The clouds with what they need, or the refusal.
    private func placement(_ workload: Workload, _ some: AnalysisCase) -> Set<String> {
        let (_, table, decision) = some.decide(workload)
        if let refusal = decision.refusal { return [refusal.name] }
        return Set(
            (0..<decision.count).map { index in
                let needed = decision[index].grounds.intersection([.capacity, .declined, .outage])
                let isHome = decision[index].flags.contains(.primary) || needed.isEmpty
                return table.deployments[Int(decision[index].deployment)].cloud + (isHome ? "" : "\(needed.rawValue)")
            })
    }

    @Test("Random agreements that are said to decide alike decide random requests alike")
    func alike() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var same = 0
        for round in 0..<600 as Range<UInt64> where round < 30 || same <= 3 {
            let documents = RandomCase(seed: seed &+ round, isQuiet: true).facts.agreements.values.sorted {
                $0.id < $1.id
            }
            var random = CaseRandom(seed: seed &+ round)
            guard var document = documents.first else { continue }
            document.instruments[0].operations.removeLast(max(0, document.instruments[0].operations.count - 4))
            var other = document
            if !other.instruments[0].operations.isEmpty { other.instruments[0].operations.removeLast() }
            let at = Scenario.noon.advanced(byMilliseconds: random.one([-3_500, 0, 3_500]))
            let canonical = try #require(try VersionSample.example("primary-cloud.yaml").members.first).canonical
            let versions = [document, other].map { document in
                AgreementVersion(
                    name: "v", members: [AgreementVersion.Member(document: document, canonical: canonical)], at: at)
            }
            let difference = AgreementDifference(from: versions[0], to: versions[1])
            guard difference.decisions.isEmpty else { continue }
            same += 1
            for _ in 0..<50 {
                let workload = Workload(
                    [
                        .product: random.one(["", "chat", "search", "labs-1"]),
                        .channel: random.one(["", "foundry", "azure", "gcp"]),
                        .publisher: random.one(["openai", "other"]),
                    ], surface: random.one(Surface.allCases),
                    features: FeatureSet(rawValue: UInt16(random.number(0...7))))
                let grounds: GroundSet = random.one([[], .capacity, .declined])
                let placements = [document, other].map {
                    placement(workload, AnalysisCase(documents: [$0], at: at, grounds: grounds))
                }
                #expect(placements[0] == placements[1], "seed \(seed &+ round): \(workload.words)")
            }
        }
        #expect(same > 3, "seed \(seed)")
    }

    @Test("A version compared with itself has no difference", arguments: ["2020-01-01T00:00:00Z", nil])
    func itself(at: String?) throws {
        let version = try VersionSample.example(Self.reported, name: "a.yaml", at: at)
        let difference = AgreementDifference(from: version, to: version)
        #expect(difference.redline.isEmpty)
        #expect(difference.decisions == [])
        #expect(difference.rendered.hasSuffix("The words are the same.\n\nNo request is decided differently.\n"))
    }

    private func clauses(
        _ from: String, _ to: String, more operations: String = ""
    ) throws -> (lines: [String], json: String) {
        let text = """
            agreement: deal
            timezone: UTC
            parties: {us: {name: Us}}
            clouds: {azure: {operator: them}}
            instruments:
              - id: first
                kind: agreement
                effective: 2026-01-01
                clauses: [{id: host, kind: exclusivity, aspect: hosting, cloud: azure}]
              - {id: pause, kind: amendment, amends: first, effective: 2027-01-01, operations: [{suspend: host\(operations)
            """
        let redline = AgreementDifference(
            from: try VersionSample.version(text, at: from), to: try VersionSample.version(text, at: to)
        )
        let lines = redline.rendered.split(separator: "\n").map(String.init)
        return (lines.filter { $0.contains("deal/host (") }, redline.redline.json)
    }

    @Test(
        "A suspension is told as one, with its end, and so is what resumes",
        arguments: [
            (
                "2026-06-01", "2027-03-01", ", through: 2027-06-30}]}",
                "- deal/host (exclusivity), suspended by pause at 2027-01-01T00:00:00Z until 2027-07-01T00:00:00Z"
            ),
            (
                "2026-06-01", "2027-03-01", "}]}",
                "- deal/host (exclusivity), suspended by pause at 2027-01-01T00:00:00Z until it is resumed"
            ),
            (
                "2027-03-01", "2027-09-01", ", through: 2027-06-30}]}",
                "+ deal/host (exclusivity), resumed at 2027-07-01T00:00:00Z, after its suspension by pause"
            ),
            (
                "2027-03-01", "2027-09-01",
                "}]}\n  - {id: on, kind: amendment, amends: first, effective: 2027-05-01, operations: [{resume: host}]}",
                "+ deal/host (exclusivity), resumed by on at 2027-05-01T00:00:00Z, after its suspension by pause"
            ),
            (
                "2026-06-01", "2027-09-01",
                "}]}\n  - {id: off, kind: amendment, amends: first, effective: 2027-05-01, operations: [{end: host}]}",
                "- deal/host (exclusivity), ended"
            ),
        ])
    func suspended(from: String, to: String, operations: String, line: String) throws {
        let told = try clauses("\(from)T00:00:00Z", "\(to)T00:00:00Z", more: operations)
        #expect(told.lines.first?.contains(line) == true, "\(told.lines)")
        if line.contains("until it is resumed") {
            #expect(
                told.json.contains(
                    #""fate":"suspended","subject":"deal/host","kind":"exclusivity","instrument_before":"first","#
                        + #""instrument_after":"pause","ended_at":"2027-01-01T00:00:00Z","suspended_until":null"#))
        }
    }

    private static let small = """
        agreement: deal
        timezone: UTC
        parties: {us: {name: Us}}
        clouds: {azure: {operator: them}, aws: {operator: amazon}}
        instruments:
          - id: first
            kind: agreement
            effective: 2026-01-01
            clauses:
              - {id: home, kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: capacity}
              - {id: first-there, kind: launch-first, cloud: azure}
            statements: [{id: said, text: So be it.}]
        """

    @Test("Two files are compared over all time: header, instruments, clauses, and requests with their times")
    func files() throws {
        let after =
            Self.small.replacing("clouds: {", with: "clouds: {gcp: {operator: google}, ")
            .replacing("statements: [{id: said, text: So be it.}]", with: "title: The first")
            .replacing(
                "{id: first-there, kind: launch-first, cloud: azure}",
                with: "{id: first-there, kind: launch-first, cloud: azure, lead: 0s}")
                + """

                  - id: second
                    kind: amendment
                    amends: first
                    effective: 2027-01-01
                    operations:
                      - end: home
                      - add: {id: host, kind: exclusivity, aspect: hosting, cloud: aws, until: 2028-01-01}

                """
        let difference = AgreementDifference(
            from: try VersionSample.version(Self.small, name: "old.yaml"),
            to: try VersionSample.version(after, name: "new.yaml"))
        #expect(
            difference.rendered == """
                from  old.yaml
                to    new.yaml

                Header
                  clouds.gcp: (nothing) → {operator: google}

                Instruments
                  ~ first
                      title: (nothing) → The first
                      statements.said: {id: said, text: So be it.} → (nothing)
                  + second
                      kind: amendment
                      effective: 2027-01-01
                      amends: first
                      end: home

                Clauses
                  ~ deal/home (primary-cloud)
                      in force: 2026-01-01T00:00:00Z to open → 2026-01-01T00:00:00Z to 2027-01-01T00:00:00Z
                  + deal/host (exclusivity), by second
                      aspect: hosting
                      cloud: aws
                      until: 2028-01-01

                Requests decided differently

                  every request
                    from 2027-01-01T00:00:00Z to 2028-01-01T00:00:00Z
                    before a launch:
                      - azure alone (deal/home)
                      + refused: forbidden by deal/first-there and deal/host
                    no ground holds, once launched:
                      - azure alone (deal/home)
                      + aws alone (deal/host)
                    capacity, once launched:
                      - azure, then every other cloud on capacity (deal/home)
                      + aws alone (deal/host)
                    witness: surface stateless-api

                  every request
                    from 2028-01-01T00:00:00Z to open
                    no ground holds, once launched:
                      - azure alone (deal/home)
                      + any cloud
                    capacity, once launched:
                      - azure, then every other cloud on capacity (deal/home)
                      + any cloud
                    witness: surface stateless-api

                """)
        let json = difference.json
        #expect(json.hasPrefix(#"{"from":{"name":"old.yaml","at":null},"to":{"name":"new.yaml","at":null},"redline":"#))
    }
}
