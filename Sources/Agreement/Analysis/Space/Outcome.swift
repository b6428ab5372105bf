// SPDX-License-Identifier: Apache-2.0

/// What a decision lets happen to a request, by cloud.
package struct Outcome: Sendable, Hashable {
    /// Why it is served nowhere; `nil` where it is.
    package let refusal: Decision.Refusal?
    /// The clauses that the refusal names, as `agreement/clause`.
    package let blamed: [String]
    /// The clouds that need no evidence, by name.
    package let free: [String]
    /// The clouds that may be used on evidence, by name, and the grounds.
    package let onGrounds: [String: GroundSet]
    /// The first clause that binds the request, as `agreement/clause`.
    package let binding: String?
    /// Whether a carve-out lets it go.
    package let isCarvedOut: Bool

    init(_ decision: Decision, table: DeploymentTable, terms: Terms) {
        refusal = decision.refusal
        blamed = (0..<decision.refusalClauseCount).map { terms.reference(decision.refusalClause($0)) }.sorted()
        var free: Set<String> = []
        var onGrounds: [String: GroundSet] = [:]
        var isCarvedOut = false
        for index in 0..<decision.count {
            let entry = decision[index]
            let cloud = table.deployments[Int(entry.deployment)].cloud
            let evidenced = entry.grounds.intersection(.byEvidence)
            if entry.flags.contains(.primary) || evidenced.isEmpty {
                free.insert(cloud)
            } else {
                onGrounds[cloud, default: []].formUnion(evidenced)
            }
            isCarvedOut = isCarvedOut || entry.shown == .carveOut
        }
        self.free = free.sorted()
        self.onGrounds = onGrounds.filter { !free.contains($0.key) }
        self.isCarvedOut = isCarvedOut
        binding = decision.bindingClause == Decision.noClause ? nil : terms.reference(Int(decision.bindingClause))
    }

    /// Whether the request is treated alike, whatever clause says so.
    package func places(as other: Outcome) -> Bool {
        refusal == other.refusal && free == other.free && onGrounds == other.onGrounds
    }

    /// The outcome in words; `clouds` are all that could be meant.
    package func words(clouds: [String]) -> String {
        if let refusal {
            return "refused: \(refusal.name)" + (blamed.isEmpty ? "" : " by \(ShortList.text(blamed, "and"))")
        }
        var text = ""
        if !free.isEmpty {
            text = Self.words(free, of: clouds)
            if onGrounds.isEmpty, free.count == 1 { text += " alone" }
        }
        let sets = Set(onGrounds.values).sorted { $0.rawValue < $1.rawValue }
        for grounds in sets {
            let some = onGrounds.filter { $0.value == grounds }.map(\.key).sorted()
            let isRest = some.count > 1 && some.count + free.count == clouds.count && !free.isEmpty
            text += text.isEmpty ? "" : ", then "
            text += isRest ? "every other cloud" : Self.words(some, of: clouds)
            text += " on \(ShortList.text(grounds.grounds.map(\.name), "and"))"
        }
        if let binding { return "\(text) (\(binding))" }
        return isCarvedOut ? "\(text) (carved out)" : text
    }

    private static func words(_ chosen: [String], of clouds: [String]) -> String {
        let missing = clouds.filter { !chosen.contains($0) }
        if missing.isEmpty, clouds.count > 1 { return "any cloud" }
        if chosen.contains(AnalysisDeployments.otherCloud) {
            return "every cloud but \(ShortList.text(missing, "and"))"
        }
        return ShortList.text(chosen, "or")
    }
}

extension GroundSet {
    /// The grounds that evidence establishes; the others follow from the clauses.
    static let byEvidence: GroundSet = [.capacity, .declined, .outage]
}
