// SPDX-License-Identifier: Apache-2.0

/// What a meter showed, which a `limit` clause reads.
package struct MeterReading: Sendable, Equatable {
    /// The meter's identifier, as the clause names it.
    package var meter: String
    /// The value with its unit.
    package var value: Quantity
    /// When it was read.
    package var at: Instant
    /// Until when it may be relied on; after it the meter counts as not read.
    package var until: Instant

    package init(meter: String, value: Quantity, at: Instant, until: Instant) {
        self.meter = meter
        self.value = value
        self.at = at
        self.until = until
    }
}
