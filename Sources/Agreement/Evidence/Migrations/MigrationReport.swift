// SPDX-License-Identifier: Apache-2.0

/// Word that a migration was opened, moves another percentage, or was closed.
package struct MigrationReport: Sendable, Equatable {
    /// What is said of the migration.
    package enum Step: Sendable, Equatable {
        case opened(Opening)
        case moved(percent: Int)
        case closed(reason: String)
    }

    /// What is moved, where to, and why.
    package struct Opening: Sendable, Equatable {
        /// The cloud that is left.
        package var from: String
        package var to: String
        /// The product that moves; `nil` means all.
        package var product: String?
        /// The model that moves; `nil` means all.
        package var model: String?
        package var ground: Ground
        /// The number of the evidence that the ground rests on; `nil` where it needs none.
        package var evidence: UInt64?
        /// How much moves at first; 1 to 100.
        package var percent: Int
        /// When the workload returns, in words that people check; not empty.
        package var conditionsOfReturn: [String]

        package init(
            from: String, to: String, product: String?, model: String?, ground: Ground, evidence: UInt64?,
            percent: Int, conditionsOfReturn: [String]
        ) {
            self.from = from
            self.to = to
            self.product = product
            self.model = model
            self.ground = ground
            self.evidence = evidence
            self.percent = percent
            self.conditionsOfReturn = conditionsOfReturn
        }
    }

    /// The migration's identifier, which its placements carry.
    package var migration: String
    package var step: Step
    /// From when the step takes effect; it acts from the later of this and its recording.
    package var effective: Instant

    package init(migration: String, step: Step, effective: Instant) {
        self.migration = migration
        self.step = step
        self.effective = effective
    }
}
