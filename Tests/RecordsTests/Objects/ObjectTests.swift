// SPDX-License-Identifier: Apache-2.0

import Agreement
import Records
import Testing

@Suite("Objects of the ledger")
struct ObjectTests {
    private let seed = UInt64.random(in: 0...UInt64.max)

    private func configuration(_ random: inout CaseRandom) -> PlacementConfiguration {
        let deployments = (0..<random.number(0...12)).map { number in
            Deployment(
                id: "d\(number)", cloud: random.one(["azure", "aws"]), account: random.one(["", "a"]),
                region: random.one(["east", "wést"]), lane: random.one(Lane.allCases), model: random.one(["gpt", "o"]),
                publisher: "openai", features: FeatureSet(rawValue: .random(in: 0...UInt16.max, using: &random)),
                rank: Int(random.number(0...1_000)), capacityOffer: random.one([nil, "offer-\(number)"]))
        }
        return PlacementConfiguration(
            deployments: DeploymentTable(deployments.shuffled(using: &random)),
            enforcement: random.one([[:], ["b": .observe, "a": .enforce]]), speed: random.one([1, 60]),
            derivatives: random.one([[:], ["gpt-fine": "gpt", "a": "b"]]),
            recorders: random.one([
                [],
                [
                    Recorder(
                        id: "counsel", publicKey: [1, 2, 3], kinds: [.event, .decline], parties: ["openai", "panel"])
                ],
            ]))
    }

    @Test("A placement configuration reads back and does not depend on the order of its deployments")
    func configurations() throws {
        var random = CaseRandom(seed: seed)
        for _ in 0..<300 {
            let configuration = configuration(&random)
            let bytes = configuration.objectBytes()
            #expect(try PlacementConfiguration(objectBytes: bytes) == configuration, "seed \(seed)")
            var reordered = configuration
            reordered.deployments = DeploymentTable(configuration.deployments.deployments.shuffled(using: &random))
            #expect(reordered.objectBytes() == bytes, "seed \(seed)")
        }
    }

    @Test("A damaged placement configuration is refused, or is another one that is written in just these bytes")
    func damagedConfiguration() {
        var random = CaseRandom(seed: seed)
        for _ in 0..<6 {
            let original = configuration(&random).objectBytes()
            for position in original.indices {
                #expect(throws: RecordError.self) {
                    try PlacementConfiguration(objectBytes: Array(original[..<position]))
                }
                for _ in 0..<6 {
                    var bytes = original
                    bytes[position] = .random(in: 0...255, using: &random)
                    guard let read = try? PlacementConfiguration(objectBytes: bytes) else { continue }
                    #expect(read.objectBytes() == bytes, "seed \(seed), byte \(position)")
                }
            }
        }
    }

    @Test("A trace reads back, and a damaged one is refused or is another one")
    func traces() throws {
        var random = CaseRandom(seed: seed)
        for _ in 0..<20 {
            func text() -> String { random.one(["", "listed", "déjà", "deal/home"]) }
            let trace = DecisionTrace(
                clauses: (0..<random.number(0...4)).map { _ in
                    DecisionTrace.ClauseLine(clause: text(), instrument: text(), saying: text(), carveOut: text())
                },
                deployments: (0..<random.number(0...4)).map { _ in
                    DecisionTrace.DeploymentLine(deployment: text(), verdict: text(), clause: text())
                }, established: [text()], missing: [text(), text()])
            let original = trace.objectBytes()
            #expect(try DecisionTrace(objectBytes: original) == trace)
            for position in original.indices {
                #expect(throws: RecordError.self) { try DecisionTrace(objectBytes: Array(original[..<position])) }
                var bytes = original
                bytes[position] = .random(in: 0...255, using: &random)
                guard let read = try? DecisionTrace(objectBytes: bytes) else { continue }
                #expect(read.objectBytes() == bytes, "seed \(seed), byte \(position)")
            }
        }
    }

    @Test("A configuration with two deployments of one name is refused")
    func twice() throws {
        func deployment(_ id: String) -> Deployment {
            Deployment(
                id: id, cloud: "azure", account: "a", region: "r", lane: .onDemand, model: "gpt", publisher: "p",
                features: [], rank: 0)
        }
        let table = DeploymentTable([deployment("d"), deployment("e")])
        var bytes = PlacementConfiguration(deployments: table).objectBytes()
        // A text of one byte has the head 0x61.
        let position = try #require(
            bytes.indices.dropFirst().last { bytes[$0 - 1] == 0x61 && bytes[$0] == UInt8(ascii: "e") })
        bytes[position] = UInt8(ascii: "d")
        #expect(throws: RecordError.self) { try PlacementConfiguration(objectBytes: bytes) }
    }
}
