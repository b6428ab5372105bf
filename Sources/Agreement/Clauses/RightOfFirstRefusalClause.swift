// SPDX-License-Identifier: Apache-2.0

/// Gives a party the right to supply new capacity on the terms of a third party's offer, before that offer is taken.
package struct RightOfFirstRefusalClause: Sendable, Equatable {
    /// What an unanswered offer becomes when the response window is over.
    package enum Silence: String, Sendable, CaseIterable {
        /// The holder has let the offer go.
        case lapse
        /// The holder has taken the offer.
        case accept
    }

    /// Whether the holder may take a part of what is offered.
    package enum Partial: String, Sendable, CaseIterable {
        /// The holder may take a part; the rest is free.
        case split
        /// Everything or nothing.
        case allOrNothing = "all-or-nothing"
    }

    /// Whether a change of the third party's terms needs another offer.
    package enum ReOffer: String, Sendable, CaseIterable {
        /// Terms that are better for the third party are offered anew, with a window of their own.
        case onImprovedTerms = "on-improved-terms"
        /// One offer is enough.
        case none
    }

    /// How long the holder may take to answer.
    package enum ResponseWindow: Sendable, Equatable {
        /// So many business days of a calendar declared by the agreement.
        case businessDays(Int, calendar: String)
        /// So many milliseconds.
        case milliseconds(Int64)
    }

    /// What must be offered.
    package struct Trigger: Sendable, Equatable {
        /// The new capacity, in the paper's words.
        package var text: String
        /// The smallest capacity that must be offered; `nil` means any.
        package var minimum: Quantity?

        package init(text: String, minimum: Quantity?) {
            self.text = text
            self.minimum = minimum
        }
    }

    /// The party that has the right.
    package var holder: String
    /// The holder's cloud, on which accepted capacity is supplied.
    package var cloud: String
    package var trigger: Trigger
    /// Counted from the complete offer.
    package var responseWindow: ResponseWindow
    package var onSilence: Silence
    package var partial: Partial
    /// What it takes to match the third party's terms, in the paper's words.
    package var match: String?
    package var reOffer: ReOffer
    /// For how many milliseconds after the decline or lapse the third party's deal may be closed; `nil` means for ever.
    package var validityMilliseconds: Int64?

    package init(
        holder: String, cloud: String, trigger: Trigger, responseWindow: ResponseWindow, onSilence: Silence,
        partial: Partial, match: String?, reOffer: ReOffer, validityMilliseconds: Int64?
    ) {
        self.holder = holder
        self.cloud = cloud
        self.trigger = trigger
        self.responseWindow = responseWindow
        self.onSilence = onSilence
        self.partial = partial
        self.match = match
        self.reOffer = reOffer
        self.validityMilliseconds = validityMilliseconds
    }
}
