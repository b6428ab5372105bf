// SPDX-License-Identifier: Apache-2.0

/// A time during which a clause is suspended.
package struct SuspendedPeriod: Sendable, Equatable {
    /// The clause's identifier.
    package var clause: String
    /// The instrument that suspended it.
    package var instrument: String
    /// The first instant.
    package var from: Instant
    /// The first instant after it; ``Instant/distantFuture`` where it is open.
    package var to: Instant
}
