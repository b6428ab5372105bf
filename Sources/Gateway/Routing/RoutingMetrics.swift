// SPDX-License-Identifier: Apache-2.0

internal import Records

/// What one event loop has counted of attempts, retries and health.
package struct RoutingMetrics: Sendable {
    /// Attempts, as the ledger has them.
    package var attempts: UInt64 = 0
    /// Those of them that were not the first of their request.
    package var furtherAttempts: UInt64 = 0
    /// Retries that were not made because the budget was used up.
    package var retriesRefused: UInt64 = 0
    /// Requests sent once more because a kept connection broke before it was used; no attempts of their own.
    package var resent: UInt64 = 0
    /// Listed deployments that were not tried, by reason.
    package var passedOver: [String: UInt64] = [:]
    /// How often a deployment began to rest.
    package var rests: [String: UInt64] = [:]
    /// Answers that refuse our account, by how it is reached.
    package var accountFaults: [String: UInt64] = [:]
    /// On how many event loops a deployment rests now; absent where on none.
    package var resting: [String: Int] = [:]
    /// On how many event loops an account rests now, by upstream or deployment; absent where on none.
    package var accountsResting: [String: Int] = [:]

    package init() {}

    /// The sum of two loops' counts.
    mutating func merge(_ other: RoutingMetrics) {
        attempts += other.attempts
        furtherAttempts += other.furtherAttempts
        retriesRefused += other.retriesRefused
        resent += other.resent
        passedOver.merge(other.passedOver, uniquingKeysWith: +)
        rests.merge(other.rests, uniquingKeysWith: +)
        accountFaults.merge(other.accountFaults, uniquingKeysWith: +)
        resting.merge(other.resting, uniquingKeysWith: +)
        accountsResting.merge(other.accountsResting, uniquingKeysWith: +)
    }

    /// The Prometheus text.
    ///
    /// - Parameter targets: what is configured, so that what does not rest has a value too.
    /// - Returns: the text.
    func text(of targets: UpstreamTargets) -> String {
        var text = ""
        func family(_ name: String, _ type: String, _ help: String, _ rows: [(labels: String, value: String)]) {
            text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
            for row in rows { text += "\(name)\(row.labels) \(row.value)\n" }
        }
        // Identifiers of deployments and upstreams hold nothing that would have to be escaped.
        func rows(_ label: String, _ counts: [String: some BinaryInteger]) -> [(String, String)] {
            counts.sorted { $0.key < $1.key }.map { ("{\(label)=\"\($0.key)\"}", "\($0.value)") }
        }
        func flags(_ label: String, _ loops: [String: Int], of names: some Sequence<String>) -> [(String, String)] {
            let none = Dictionary(names.map { ($0, 0) }, uniquingKeysWith: max)
            return rows(label, loops.mapValues { min($0, 1) }.merging(none, uniquingKeysWith: max))
        }
        family("concordat_attempts_total", "counter", "Attempts at deployments.", [("", "\(attempts)")])
        family(
            "concordat_further_attempts_total", "counter", "Attempts that were not the first of their request.",
            [("", "\(furtherAttempts)")])
        family(
            "concordat_retries_refused_total", "counter",
            "Retries that were not made because the retry budget was used up.", [("", "\(retriesRefused)")])
        family(
            "concordat_resent_total", "counter",
            "Requests sent once more because a kept connection broke before it was used.", [("", "\(resent)")])
        family(
            "concordat_passed_over_total", "counter", "Listed deployments that were not tried, by reason.",
            rows("reason", passedOver))
        family(
            "concordat_deployment_rests_total", "counter", "How often a deployment began to rest on an event loop.",
            rows("deployment", rests))
        family(
            "concordat_account_faults_total", "counter", "Answers that refuse our account.",
            rows("account", accountFaults))
        family(
            "concordat_deployment_resting", "gauge", "1 where a deployment rests because it fails, else 0.",
            flags("deployment", resting, of: targets.deployments))
        family(
            "concordat_account_resting", "gauge", "1 where an account rests because it is refused, else 0.",
            flags("account", accountsResting, of: targets.credentials))
        return text
    }
}
