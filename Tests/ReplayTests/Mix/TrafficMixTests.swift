// SPDX-License-Identifier: Apache-2.0

import Foundation
import Replay
import Testing

@Suite("A traffic mix")
struct TrafficMixTests {
    private static let header = "weight,product,customer_class,model,features,stream\n"

    private static let text = header + "3,assistant,consumer,gpt-5,,yes\n1,api,business,gpt-5,tools+vision,no\n"

    @Test("reads rows, comments and empty lines")
    func reads() throws {
        let mix = try TrafficMix.read(text: "# assumed\n\n" + Self.text, name: "mix.csv")
        #expect(
            mix.entries == [
                MixEntry(weight: 3, product: "assistant", customerClass: "consumer", model: "gpt-5", streams: true),
                MixEntry(
                    weight: 1,
                    product: "api",
                    customerClass: "business",
                    model: "gpt-5",
                    features: [.tools, .vision],
                    streams: false
                ),
            ]
        )
    }

    @Test("draws the same entry for the same seed and position, whatever was asked before")
    func deterministic() throws {
        let mix = try TrafficMix.read(text: Self.text, name: "mix.csv")
        let forward = (0..<1_000).map { mix.draw(arrival: $0, seed: 7).product }
        let backward = (0..<1_000).reversed().map { mix.draw(arrival: $0, seed: 7).product }
        #expect(forward == backward.reversed())
        #expect(forward.prefix(5).elementsEqual(["assistant", "assistant", "api", "assistant", "assistant"]))
        #expect(forward != (0..<1_000).map { mix.draw(arrival: $0, seed: 8).product })
    }

    @Test("draws by weight")
    func weights() throws {
        let mix = try TrafficMix.read(text: Self.text, name: "mix.csv")
        let first = (0..<10_000).count { mix.draw(arrival: $0, seed: 1).product == "assistant" }
        #expect((7_300...7_700).contains(first))
    }

    @Test("follows the published SplitMix64 sequence")
    func splitMix() {
        // The first three values from seed 1234567, as the reference implementation prints them.
        let values = (0..<3).map { SplitMix64.value(seed: 1_234_567, position: $0) }
        #expect(values == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
    }

    @Test("describes itself as assumed")
    func describes() throws {
        let mix = try TrafficMix.read(text: Self.text, name: "mix.csv")
        #expect(
            mix.describe(seed: 7) == """
                assumed (mix.csv, seed 7), not in the trace:
                share   product    customer class  model  features      stream
                75.0 %  assistant  consumer        gpt-5  -             yes
                25.0 %  api        business        gpt-5  tools+vision  no

                """
        )
    }

    @Test(
        "says where and how for every fault",
        arguments: [
            ("1,a,b,m,", "mix.csv:2: \"1,a,b,m,\" has 5 columns; write the six columns weight,product"),
            ("0,a,b,m,,yes", "mix.csv:2: weight is \"0\"; write a whole number from 1 to 1000000"),
            ("1,,b,m,,yes", "mix.csv:2: product is empty; give it a name"),
            ("1,a,b,m,tools+x,yes", "mix.csv:2: feature \"x\" is unknown; join names with +, out of tools, "),
            ("1,a,b,m,tools+tools,yes", "mix.csv:2: feature \"tools\" stands twice; name it once"),
            ("1,a,b,m,,maybe", "mix.csv:2: stream is \"maybe\"; write yes or no"),
            ("1,\"a\",b,m,,yes", "mix.csv:2: \"1,\\\"a\\\",b,m,,yes\" has quotes or is not plain ASCII; write"),
        ]
    )
    func faults(row: String, message: String) {
        let error = #expect(throws: ReplayError.self) {
            try TrafficMix.read(text: Self.header + row + "\n", name: "mix.csv")
        }
        #expect(error?.code == .badRow)
        #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "none")")
    }

    @Test("tells all faults of all rows together")
    func allFaults() {
        let error = #expect(throws: ReplayError.self) {
            try TrafficMix.read(text: Self.header + "x,,b,m,,yes\n1,a,b,m,,x\n", name: "mix.csv")
        }
        #expect(error?.diagnostics.map(\.line) == [2, 2, 3])
    }

    @Test("refuses a file without header or rows", arguments: [("", ReplayError.Code.badHeader), (header, .empty)])
    func noRows(text: String, code: ReplayError.Code) {
        let error = #expect(throws: ReplayError.self) { try TrafficMix.read(text: text, name: "mix.csv") }
        #expect(error?.code == code)
    }

    @Test("reads the demo's own mix, which uses every feature but several choices")
    func demoMix() throws {
        let mix = try TrafficMix.read(path: RepositoryFiles.root.appending(path: "demo/mix.csv").path)
        #expect(Set(mix.entries.flatMap(\.features)) == Set(MixFeature.allCases).subtracting([.n]))
    }
}
