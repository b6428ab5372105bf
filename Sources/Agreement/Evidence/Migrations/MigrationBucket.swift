// SPDX-License-Identifier: Apache-2.0

/// Which of ten thousand equal parts of a workload a request belongs to, for one migration.
///
/// A migration of so many percent moves the parts below a hundred times as many. So a growing share moves more and
/// moves nothing back, a shrinking one returns the last moved first, and what gave the same seed stays together.
package enum MigrationBucket {
    /// How many parts there are.
    package static let count: UInt16 = 10_000
    /// How many parts one percent is.
    package static let perPercent = 100

    /// The part of a request.
    ///
    /// - Parameters:
    ///   - seed: a hash of what stays together, such as a conversation; any distribution of its own will do.
    ///   - salt: the migration's ``salt(of:)``, so that two migrations don't move the same first.
    /// - Returns: a number below ``count``.
    package static func number(of seed: UInt64, salt: UInt64) -> UInt16 {
        UInt16(mixed(mixed(seed) ^ salt) % UInt64(count))
    }

    /// What tells a migration's parts apart from another one's: FNV-1a of its identifier.
    package static func salt(of migration: String) -> UInt64 {
        migration.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    /// The finaliser of SplitMix64: each bit of the result depends on all of the value.
    private static func mixed(_ value: UInt64) -> UInt64 {
        var value = value &+ 0x9E37_79B9_7F4A_7C15
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
