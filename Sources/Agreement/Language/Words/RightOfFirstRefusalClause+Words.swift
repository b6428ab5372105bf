// SPDX-License-Identifier: Apache-2.0

extension RightOfFirstRefusalClause {
    func words(_ wording: Wording) -> [String] {
        let name = wording.party(holder)
        let window =
            switch responseWindow {
            case .businessDays(let days, let calendar):
                "\(Wording.count(Int64(days), "business day")) of the calendar \(calendar)"
            case .milliseconds(let window): Wording.duration(window)
            }
        var sentences = [
            "\(trigger.text)\(trigger.minimum.map { " (\($0) or more)" } ?? ""): it is offered to \(name), for "
                + "\(cloud), before a third party supplies it.",
            "\(name) has \(window) to answer, counted from the complete offer; an offer without an answer is "
                + "\(onSilence == .lapse ? "let go" : "taken").",
            partial == .split
                ? "\(name) may take a part, and the rest is free." : "\(name) takes everything or nothing.",
        ]
        if let match { sentences.append("To take it, \(name) matches: \(match).") }
        sentences.append(
            reOffer == .onImprovedTerms
                ? "Terms that get better for the third party are offered anew." : "One offer is enough.")
        sentences.append(
            validityMilliseconds.map {
                "Once declined or let go, the third party's deal may be closed within \(Wording.duration($0))."
            } ?? "Once declined or let go, the third party's deal may be closed at any time.")
        return sentences
    }
}
