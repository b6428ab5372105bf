// SPDX-License-Identifier: Apache-2.0

internal import Foundation

extension DemoReport {
    /// The report for people.
    ///
    /// - Parameters:
    ///   - dataFolder: where the ledger is, for the commands to look further.
    ///   - assumed: the description of the mix.
    /// - Returns: the report's lines.
    package func text(dataFolder: String, assumed: String) -> String {
        var lines: [String] = []
        func line(_ name: String, _ value: String) {
            lines.append("  " + name.padding(toLength: 26, withPad: " ", startingAt: 0) + value)
        }
        lines.append("Requests")
        line("sent", "\(sent) in \(String(format: "%.1f", seconds)) s")
        line(
            "answers",
            answers.sorted { $0.key < $1.key }.map { "\($0.key == 0 ? "none" : String($0.key)): \($0.value)" }
                .joined(separator: ", "))
        let addsUp = accepted == placements + refusals && UInt64(sent) == accepted
        line(
            "accounted for",
            "\(accepted) accepted = \(placements) placements + \(refusals) refusals  \(addsUp ? "yes" : "NO")")
        line(
            "time to last byte",
            "median \(String(format: "%.1f", medianMilliseconds)) ms, "
                + "p99 \(String(format: "%.1f", p99Milliseconds)) ms")
        if let shortest = retryAfterMilliseconds.first, let longest = retryAfterMilliseconds.last {
            line("Retry-After of 429s", "\(shortest) to \(longest) ms")
        }
        lines.append("Placements")
        for (cloud, count) in byCloud.sorted(by: { $0.value > $1.value }) {
            line(cloud, "\(count)  (\(String(format: "%.1f", 100 * Double(count) / Double(max(1, placements)))) %)")
        }
        for (ground, count) in spillsByGround.sorted(by: { $0.key < $1.key }) { line("spill to \(ground)", "\(count)") }
        if spillsByGround.isEmpty { line("spills", "none") }
        for (reason, count) in refusalsByReason.sorted(by: { $0.key < $1.key }) {
            line("refused, \(reason)", "\(count)")
        }
        line("capacity windows", "\(windowsOpened) opened, \(windowsClosed) closed again")
        lines.append("Tokens (prompt + completion)")
        for tokens in tokens {
            line(
                tokens.cloud,
                "ledger \(tokens.ledgerPrompt) + \(tokens.ledgerCompletion), "
                    + "cloud \(tokens.cloudPrompt) + \(tokens.cloudCompletion)  "
                    + (tokens.agrees ? "equal" : "DIFFER"))
        }
        lines.append("Ledger")
        line("entries", "\(ledgerEntries) in \(ledgerBytes) bytes")
        line("root", root)
        line(
            "verification",
            isVerified
                ? "intact; \(decisionsRepeated) decisions repeated, all the same"
                : "FAILED, \(findings.count) findings")
        for finding in findings.prefix(5) { lines.append("    " + finding) }
        lines.append("Assumed")
        lines += assumed.split(separator: "\n").map { "  " + $0 }
        lines.append("Look further")
        for command in [
            "ledger list --spills --data \(dataFolder)", "ledger show DECISION --data \(dataFolder)",
            "explain --data \(dataFolder) --request DECISION", "verify --decisions --data \(dataFolder)",
        ] {
            lines.append("  concordat " + command)
        }
        return lines.joined(separator: "\n")
    }
}
