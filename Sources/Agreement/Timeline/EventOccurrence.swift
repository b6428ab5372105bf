// SPDX-License-Identifier: Apache-2.0

/// An event of an agreement that happened, as recorded.
package struct EventOccurrence: Sendable, Hashable {
    /// The event's identifier in the agreement.
    package var event: String
    /// From when it acts: the later of its effective instant and its recording.
    package var actsFrom: Instant
    /// When its reversal was recorded, which reopens the periods that it ended; `nil` while it stands.
    package var endsAt: Instant?
    /// When it was recorded; never after it acts.
    package var recorded: Instant

    package init(event: String, actsFrom: Instant, endsAt: Instant?, recorded: Instant? = nil) {
        self.event = event
        self.actsFrom = actsFrom
        self.endsAt = endsAt
        self.recorded = min(recorded ?? actsFrom, actsFrom)
    }
}
