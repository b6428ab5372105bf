// SPDX-License-Identifier: Apache-2.0

extension StatementClause {
    func words(_ wording: Wording) -> [String] {
        let subject = covers.isEmpty ? "everything that is due between them" : Wording.list(covers)
        return [
            "\(wording.party(issuer)) states \(subject) to \(wording.party(recipient)) for each \(period.rawValue), "
                + "within \(Wording.duration(dueMilliseconds)) of its end.",
            "A line may be disputed for \(Wording.duration(disputableMilliseconds)) after the issue.",
            "Lines are rounded \(rounding.words), where their clause does not say otherwise.",
        ]
    }
}
