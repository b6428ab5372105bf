// SPDX-License-Identifier: Apache-2.0

extension LoopMetrics {
    /// How many migrations are counted by name; the placements of further ones are counted as those of `other`.
    static let migrationsMax = 64

    /// Counts a placement where a migration moved it.
    mutating func countMigrated(by migration: String) {
        let isNamed = migrated[migration] != nil || migrated.count < Self.migrationsMax
        migrated[isNamed ? migration : "other", default: 0] += 1
    }
}
