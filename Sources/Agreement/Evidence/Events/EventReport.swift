// SPDX-License-Identifier: Apache-2.0

/// Word that an event of an agreement happened, was verified, challenged or reversed.
package struct EventReport: Sendable, Equatable {
    /// What is said of the event.
    package enum Step: UInt8, Sendable, CaseIterable {
        case declared, verified, reversed
        /// Disputed; by itself it changes nothing until a reversal follows.
        case challenged

        /// The name as written.
        package var name: String {
            switch self {
            case .declared: "declared"
            case .verified: "verified"
            case .reversed: "reversed"
            case .challenged: "challenged"
            }
        }
    }

    package var agreement: String
    package var event: String
    package var step: Step
    /// From when it takes effect; it acts from the later of this and its recording.
    package var effective: Instant

    package init(agreement: String, event: String, step: Step, effective: Instant) {
        self.agreement = agreement
        self.event = event
        self.step = step
        self.effective = effective
    }
}
