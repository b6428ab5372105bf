// SPDX-License-Identifier: Apache-2.0

/// What a demonstration is asked to show.
package struct DemoOptions: Sendable {
    /// The file with arrivals and tokens; the one that comes with Concordat where `nil`.
    package var trace: String?
    /// The file that says who asks for what; the one that comes with Concordat where `nil`.
    package var mix: String?
    /// The agreement; the reading of the news that comes with Concordat where `nil`.
    package var agreement: String?
    /// The last instrument to adopt: what was signed after it has not happened.
    package var through: String?
    /// How many times faster than life everything runs, 1 to 1,000.
    package var speed = 60
    /// Tokens a minute of the primary cloud, both lanes together.
    package var primaryTokensPerMinute = 450_000
    /// How much of that is reserved, in percent.
    package var reservedPercent = 33
    /// The seed of the mix.
    package var seed: UInt64 = 1
    /// Where the ledger goes; a new temporary folder where `nil`.
    package var dataFolder: String?
    /// Features that the primary has declined before the traffic starts.
    package var declined: [String] = []
    /// Whether the agreement is only observed.
    package var observes = false
    /// How many arrivals of the trace are replayed at most.
    package var requestsMax: Int?
    /// Whether the gateway goes on serving afterwards.
    package var keeps = false

    package init() {}
}
