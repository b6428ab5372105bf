// SPDX-License-Identifier: Apache-2.0

/// The course of one offer under a right of first refusal:
/// `incomplete → open → accepted | partly accepted | declined | lapsed | withdrawn`.
///
/// Silence is no event: the end of the response window is a written instant that whoever reads the course compares with
/// now.
package struct OfferCourse: Sendable, Equatable {
    /// Where the offer stands.
    package enum State: Sendable, CaseIterable {
        /// Not everything that must be offered is there; no clock runs.
        case incomplete
        /// The holder may answer.
        case open
        case accepted
        /// The holder took a part, and the clause leaves the rest to others.
        case partlyAccepted
        case declined
        /// The window is over without an answer.
        case lapsed
        case withdrawn
        /// The capacity is less than what must be offered.
        case belowTrigger
        /// The time in which the third party's deal could be closed is over.
        case expired

        /// The name for people.
        package var name: String {
            switch self {
            case .incomplete: "incomplete"
            case .open: "open"
            case .accepted: "accepted"
            case .partlyAccepted: "partly accepted"
            case .declined: "declined"
            case .lapsed: "lapsed"
            case .withdrawn: "withdrawn"
            case .belowTrigger: "below what must be offered"
            case .expired: "expired"
            }
        }

        /// Whether a third party may supply the capacity.
        package var frees: Bool {
            switch self {
            case .partlyAccepted, .declined, .lapsed, .belowTrigger: true
            case .incomplete, .open, .accepted, .withdrawn, .expired: false
            }
        }
    }

    /// Where the offer stands from an instant on.
    package struct Step: Sendable, Equatable {
        package var from: Instant
        package var state: State
        /// The number of the evidence that made it so.
        package var evidence: UInt64
    }

    private let clause: RightOfFirstRefusalClause
    private let days: OfferDays
    private var current: Offer?
    /// Until when the holder may answer; `nil` while no clock runs.
    package private(set) var answerBy: Instant?
    private var isAccepted = false
    /// The steps, each later than the one before.
    package private(set) var steps: [Step] = []

    /// The course of an offer of which nothing is known.
    ///
    /// - Parameters:
    ///   - clause: the right under which it is made.
    ///   - days: the agreement's zone and calendars.
    package init(under clause: RightOfFirstRefusalClause, days: OfferDays) {
        self.clause = clause
        self.days = days
    }

    /// Whether another offer under the same identifier changes nothing any more.
    package var isSettled: Bool {
        isAccepted || (current?.isComplete == true && clause.reOffer == .none)
    }

    /// Takes in an offer, the first or another on improved terms.
    package mutating func take(_ offer: Offer, provenance: Provenance, recorded: Instant, evidence: UInt64) {
        guard !isSettled else { return }
        var offer = offer
        offer.isComplete = offer.isComplete && provenance.documentSHA256 != nil
        current = offer
        answerBy = nil
        let acting = max(offer.offered, recorded)
        guard offer.isComplete else {
            change(to: .incomplete, from: acting, evidence)
            return
        }
        if let minimum = clause.trigger.minimum, minimum.exceeds(offer.quantity) == true {
            change(to: .belowTrigger, from: acting, evidence)
            return
        }
        let end = days.end(of: clause.responseWindow, from: offer.offered)
        answerBy = end
        change(to: .open, from: acting, evidence)
        change(to: clause.onSilence == .lapse ? .lapsed : .accepted, from: max(end, acting), evidence)
    }

    /// Takes in an answer; one out of time, or of a party that may not give it, does nothing.
    package mutating func take(_ answer: OfferAnswer, by party: String, recorded: Instant, evidence: UInt64) {
        guard let offer = current, !isAccepted, answer.at >= offer.offered,
            answer.kind == .withdrawn ? party != clause.holder : party == clause.holder
        else { return }
        let acting = max(answer.at, recorded)
        if answer.kind == .withdrawn, !offer.isComplete {
            withdraw(from: acting, evidence)
            return
        }
        guard let answerBy, answer.at < answerBy else { return }
        switch answer.kind {
        case .accepted:
            if let part = answer.quantity, offer.quantity.exceeds(part) == true {
                // A part of all-or-nothing is no answer.
                guard clause.partial == .split else { return }
                change(to: .partlyAccepted, from: acting, evidence)
            } else {
                isAccepted = true
                change(to: .accepted, from: acting, evidence)
            }
            self.answerBy = nil
        case .declined:
            change(to: .declined, from: acting, evidence)
            self.answerBy = nil
        case .withdrawn:
            withdraw(from: acting, evidence)
        }
    }

    /// Where the offer stands at an instant; `nil` before it was known.
    package func state(at instant: Instant) -> State? {
        steps.last { $0.from <= instant }?.state
    }

    private mutating func withdraw(from instant: Instant, _ evidence: UInt64) {
        change(to: .withdrawn, from: instant, evidence)
        (current, answerBy) = (nil, nil)
    }

    private mutating func change(to state: State, from instant: Instant, _ evidence: UInt64) {
        steps.removeAll { $0.from >= instant }
        steps.append(Step(from: instant, state: state, evidence: evidence))
        guard state.frees, state != .belowTrigger, let validity = clause.validityMilliseconds else { return }
        steps.append(Step(from: instant.advanced(byMilliseconds: validity), state: .expired, evidence: evidence))
    }
}
