// SPDX-License-Identifier: Apache-2.0

/// What the tables count.
package struct LedgerTally: Sendable, Equatable {
    package var accepted: UInt64
    package var placements: UInt64
    package var refusals: UInt64
    package var spills: UInt64
    package var departures: UInt64
    package var gaps: UInt64
}
