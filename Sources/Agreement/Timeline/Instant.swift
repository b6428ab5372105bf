// SPDX-License-Identifier: Apache-2.0

/// A point on the UTC time line, in nanoseconds since 1970-01-01T00:00:00Z.
///
/// Leap seconds are not counted, as in POSIX time. The range is about the years 1678 to 2262.
package struct Instant: Hashable, Comparable, Sendable {
    /// Nanoseconds since 1970-01-01T00:00:00Z; negative before it.
    package var nanoseconds: Int64

    /// The instant so many nanoseconds after 1970-01-01T00:00:00Z.
    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// The earliest instant that can be written.
    package static let distantPast = Instant(nanoseconds: .min)
    /// The latest instant that can be written; as the end of a period it means "open".
    package static let distantFuture = Instant(nanoseconds: .max)

    package static func < (left: Instant, right: Instant) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// The instant so many nanoseconds later, held at the ends of the range instead of overflowing.
    package func advanced(byNanoseconds delta: Int64) -> Instant {
        let (sum, overflow) = nanoseconds.addingReportingOverflow(delta)
        guard overflow else { return Instant(nanoseconds: sum) }
        return delta > 0 ? .distantFuture : .distantPast
    }

    /// The instant so many milliseconds later, held at the ends of the range instead of overflowing.
    package func advanced(byMilliseconds delta: Int64) -> Instant {
        let (product, overflow) = delta.multipliedReportingOverflow(by: 1_000_000)
        return advanced(byNanoseconds: overflow ? (delta > 0 ? .max : .min) : product)
    }

    /// Milliseconds from another instant to this one, rounded down, held at the ends of the range.
    package func milliseconds(since other: Instant) -> Int64 {
        let (difference, overflow) = nanoseconds.subtractingReportingOverflow(other.nanoseconds)
        guard !overflow else { return self > other ? .max / 1_000_000 : .min / 1_000_000 }
        let (quotient, remainder) = difference.quotientAndRemainder(dividingBy: 1_000_000)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
