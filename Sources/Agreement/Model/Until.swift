// SPDX-License-Identifier: Apache-2.0

/// The end of a period.
package indirect enum Until: Sendable, Equatable {
    /// The instant at which the period is over (closed-open), with the words for it, such as `through 2032-12-31`.
    case instant(Instant, written: String)
    /// When the event acts; an event that has not happened bounds nothing.
    case event(String)
    /// The first of them; events that have not happened are ignored.
    case earliestOf([Until])
    /// The last of them; open while one of them is.
    case latestOf([Until])
}
