// SPDX-License-Identifier: Apache-2.0

extension EventDefinitionClause {
    func words(_ wording: Wording) -> [String] {
        let verified = verifiedBy.map { " and \(wording.party($0)) has verified it" } ?? ""
        let back =
            switch reversal {
            case .irrevocable: "It cannot be taken back."
            case .onChallenge(nil): "It may be challenged at any time, and then taken back."
            case .onChallenge(let within?):
                "It may be challenged within \(Wording.duration(within)), and then taken back."
            }
        return [
            "The event \(event) has happened when \(wording.party(declaredBy)) has declared it\(verified).",
            "It counts from the \(effectiveAt.rawValue), and acts on placements no earlier than it is recorded.",
            back,
        ]
    }
}
