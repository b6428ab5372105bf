// SPDX-License-Identifier: Apache-2.0

/// A class of requests that two versions decide differently.
package struct DecisionDifference: Sendable, Equatable {
    /// What both versions say of the class, with some evidence.
    package struct Case: Sendable, Equatable {
        /// The evidence in words, each text one possibility; `always` where none matters.
        package var evidence: [String]
        /// What the first version says, such as `azure alone (deal/home)`.
        package var before: String
        /// What the second says.
        package var after: String
        /// The evidence itself: the grounds established, and whether the model was launched.
        package var variants: [Variant]
    }

    /// Evidence as it was: the grounds, whether the model was launched, and whether meters exceeded their limits.
    package struct Variant: Sendable, Equatable {
        package var grounds: GroundSet
        package var isLaunched: Bool
        package var isExceeded: Bool
    }

    /// When they do, closed-open; empty where two instants were compared.
    package var periods: [Finding.Period]
    /// The requests in the words of an agreement, each text one class.
    package var requests: [String]
    package var cases: [Case]
    /// One of the requests.
    package var witness: Workload
}
