// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Any bytes")
struct MutationTests {
    @Test(
        "Damaged agreements give a document or errors, never a crash",
        arguments: ["primary-cloud.yaml", "microsoft-openai-as-reported.yaml", "every-kind.yaml"])
    func mutations(name: String) throws {
        let isExample = name != "every-kind.yaml"
        let original = try isExample ? LanguageFiles.example(name) : LanguageFiles.fixture("valid/\(name)")
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = MutationRandom(state: seed)
        let rounds = LanguageFiles.mutations * 1_000 / max(original.count, 1_000)
        let readable = AgreementReader.read(bytes: original, file: name)
        #expect(readable.document != nil, "\(readable.diagnostics.map(\.rendered))")
        for round in 0..<rounds {
            var bytes = original
            for _ in 0..<Int.random(in: 1...4, using: &random) { mutate(&bytes, &random) }
            let reading = AgreementReader.read(bytes: bytes, file: name)
            let hasErrors = reading.diagnostics.contains { $0.severity == .error }
            #expect((reading.document == nil) == hasErrors, "seed \(seed), round \(round)")
            for diagnostic in reading.diagnostics { #expect(!diagnostic.rendered.isEmpty) }
            guard let document = reading.document, let canonical = reading.canonical else { continue }
            _ = Consolidation(document, includingDrafts: true)
            let again = AgreementReader.readAdopted(
                header: canonical.header, instruments: canonical.instruments.map(\.text))
            #expect(again.document == document, "seed \(seed), round \(round)")
        }
    }

    private static let fragments = [
        "*", "&a", "!!x", "<<:", "---\n", "\t", ": ", "- ", "[", "]", "{", "}", "\"", "'", "|\n", ">\n", "#", "\n",
        "  ",
        "\u{0}", "\u{2028}", "any_of: ", "{any_of: []}", "9999-12-31", "until: ", "replace: ", "id: ", "é", "? ", "%",
        "none", "kind: ", "0%", "1e26 FLOP", "billion ", " USD", "2026-12-31", "0s",
    ]

    private func mutate(_ bytes: inout [UInt8], _ random: inout MutationRandom) {
        guard !bytes.isEmpty else { return }
        let start = Int.random(in: 0..<bytes.count, using: &random)
        let end = min(bytes.count, start + Int.random(in: 0...40, using: &random))
        switch Int.random(in: 0...5, using: &random) {
        case 0: bytes[start] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.removeSubrange(start..<end)
        case 2: bytes.insert(contentsOf: bytes[start..<end], at: Int.random(in: 0...bytes.count, using: &random))
        case 3: bytes.removeSubrange(start...)
        case 4:
            let fragment = Self.fragments.randomElement(using: &random) ?? ""
            bytes.insert(contentsOf: fragment.utf8, at: start)
        default:
            let fragment = Self.fragments.randomElement(using: &random) ?? ""
            bytes.replaceSubrange(start..<min(bytes.count, start + fragment.utf8.count), with: fragment.utf8)
        }
    }
}

/// SplitMix64, so that a failing seed can be run again.
private struct MutationRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
