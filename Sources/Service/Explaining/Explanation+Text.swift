// SPDX-License-Identifier: Apache-2.0

internal import Agreement

extension Explanation {
    /// The explanation for people.
    package var text: String {
        var lines: [String] = []
        let described = workload.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        let name = request.map { "Request \($0), decision \(number + 1)" } ?? "A request"
        lines.append(
            "\(name)\(isObserved ? " (observed only)" : ""): \(described)"
                + (features.isEmpty ? "" : ", needs \(features.joined(separator: ", "))"))
        let end = validUntil == "open" ? "an instrument or event changes them" : validUntil
        lines.append("Admitted \(at), decided \(now) with fact \(revision); these terms hold until \(end).")
        lines.append("")
        switch outcome {
        case "listed":
            lines.append("It may use, in this order:")
            for line in deployments.filter({ $0.place != nil }).sorted(by: { ($0.place ?? 0) < ($1.place ?? 0) }) {
                var text = "  \(line.place ?? 0). \(line.deployment) on \(line.cloud)"
                if let ground = line.ground {
                    let needsNoEvidence = [Ground.notCovered, .carveOut].contains { $0.name == ground }
                    text += ", on the ground \(ground)"
                    text +=
                        line.evidence.map { " (evidence \($0))" }
                        ?? (needsNoEvidence ? "" : " (the request's own signals)")
                }
                if let clause = line.clause { text += ", under \(clause)" }
                if !line.verdict.hasPrefix("listed on the ground"), line.verdict != "listed" {
                    text += "; \(line.verdict)"
                }
                lines.append(text)
            }
        case "primary-busy":
            lines.append(
                "It has to wait: the primary's lanes asked not to be called before \(retryAt ?? "later"), "
                    + "and no ground lets it leave.")
        default:
            lines.append("It is refused: \(outcome).")
        }
        let unlisted = deployments.filter { $0.place == nil }
        if !unlisted.isEmpty {
            lines.append("Not listed:")
            for line in unlisted {
                let clause = line.clause.map { ", by \($0)" } ?? ""
                lines.append("  \(line.deployment) on \(line.cloud): \(line.verdict)\(clause)")
            }
        }
        if !established.isEmpty { lines.append("Grounds that hold: \(established.joined(separator: ", ")).") }
        if !missing.isEmpty { lines.append("Grounds without evidence: \(missing.joined(separator: ", ")).") }
        lines += evidence.map { "  " + $0 }
        for line in migrations ?? [] {
            lines.append(
                "Migration \(line.migration) from \(line.from) to \(line.to) on the ground \(line.ground): \(line.verdict)."
            )
        }
        lines.append("")
        lines.append(clauses.isEmpty ? "No adopted agreement has a clause that was known then." : "Clauses:")
        for clause in clauses {
            lines.append(
                "  \(clause.clause) (\(clause.kind), from \(clause.instrument)) \(clause.saying)"
                    + (clause.carveOut.map { " " + $0 } ?? "") + "; in force \(clause.from) to \(clause.to)")
            if let quote = clause.quote { lines.append("      \"\(quote)\"") }
            if let source = clause.source { lines.append("      \(source) [\(clause.grade ?? "")]") }
        }
        return lines.joined(separator: "\n")
    }
}
