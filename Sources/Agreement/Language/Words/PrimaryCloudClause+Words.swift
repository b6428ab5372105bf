// SPDX-License-Identifier: Apache-2.0

extension PrimaryCloudClause {
    func words(about requests: String) -> [String] {
        switch meaning {
        case .tryFirst:
            let leave = spillOn.words(of: cloud).map { "they may leave when \($0)" } ?? "nothing lets them leave"
            return ["\(Wording.capitalised(requests)) are tried on \(cloud) first; \(leave)."]
        case .majorityShare:
            guard let majority else { return ["A share of \(requests) goes to \(cloud)."] }
            return [
                "At least \(majority.share) of the \(majority.measure.rawValue) of \(requests) goes to \(cloud), "
                    + "counted over each \(majority.period.rawValue).",
                "It is measured afterwards and binds no single request.",
            ]
        case .labelOnly:
            return ["For \(requests), \(cloud) is called primary; no request is bound by it."]
        }
    }
}
