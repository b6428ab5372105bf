// SPDX-License-Identifier: Apache-2.0

/// Lets a party serve a publisher's models on the clouds that the party operates, for the clause's period.
///
/// Outside its period those deployments are forbidden. It limits no other deployment.
package struct LicenceClause: Sendable, Equatable {
    /// The party that grants.
    package var licensor: String
    /// The party that may serve; only deployments on clouds that it operates are limited.
    package var licensee: String
    /// The publisher of the models that the licence is about.
    package var publisher: String
    /// What is licensed, as the paper calls it (`models`, `products`, `research`).
    package var subjects: [String]
    /// What the paper keeps out of the licence; none of ``subjects``.
    package var exclusions: [String]
    /// Whether the paper calls the licence exclusive; it decides nothing by itself.
    package var isExclusive: Bool
    /// The workload channels that the licence covers; empty means all.
    package var channels: [String]
    /// How long after the end existing use may run off, in milliseconds; 0 where the file is silent.
    package var runOffMilliseconds: Int64

    package init(
        licensor: String, licensee: String, publisher: String, subjects: [String], exclusions: [String] = [],
        isExclusive: Bool, channels: [String], runOffMilliseconds: Int64
    ) {
        self.licensor = licensor
        self.licensee = licensee
        self.publisher = publisher
        self.subjects = subjects
        self.exclusions = exclusions
        self.isExclusive = isExclusive
        self.channels = channels
        self.runOffMilliseconds = runOffMilliseconds
    }
}
