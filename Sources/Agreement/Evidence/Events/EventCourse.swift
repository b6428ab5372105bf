// SPDX-License-Identifier: Apache-2.0

/// The course of one event of an agreement: `unheard → declared → happened → challenged → reversed`, and on again.
///
/// It is read on two time lines: a report says from when it takes effect, and acts at the earliest from its recording.
/// Late word changes money and never a past placement.
package struct EventCourse: Sendable, Equatable {
    /// Where the event stands after all that was reported.
    package enum State: Sendable {
        case unheard
        /// Declared, and not verified where that is needed.
        case declared
        case happened
        /// Disputed; it goes on acting until it is reversed.
        case challenged
        case reversed

        /// The name for people.
        package var name: String {
            switch self {
            case .unheard: "not declared"
            case .declared: "declared"
            case .happened: "in effect"
            case .challenged: "challenged"
            case .reversed: "reversed"
            }
        }
    }

    /// A report that counts.
    private struct Word: Equatable {
        var acting: Instant
        var recorded: Instant
    }

    package let event: EventDeclaration
    private var ended: [EventOccurrence] = []
    private var declared: Word?
    private var verified: Word?
    /// When it was disputed; `nil` while it is not.
    private var challenged: Instant?

    /// The course of an event of which nothing was reported.
    package init(_ event: EventDeclaration) {
        self.event = event
    }

    /// Takes in the next report; those of parties that may not make it do nothing.
    ///
    /// - Parameters:
    ///   - report: what is said of the event.
    ///   - party: the party that says it.
    ///   - recorded: when it was recorded.
    ///   - definition: the clause that was in force then and says how the event counts; `nil` where none was.
    package mutating func take(
        _ report: EventReport, by party: String, recorded: Instant, under definition: EventDefinitionClause? = nil
    ) {
        let word = Word(acting: max(report.effective, recorded), recorded: recorded)
        switch report.step {
        case .declared where party == event.declaredBy:
            declared = declared ?? word
        case .verified where party == event.verifiedBy:
            // Where the event counts from its declaration, the verification is only word of it.
            let isWordOnly = definition?.effectiveAt == .declaration
            verified = verified ?? (isWordOnly ? Word(acting: recorded, recorded: recorded) : word)
            challenged = nil
        case .challenged where declared != nil:
            challenged = challenged ?? report.effective
        case .reversed where (party == event.declaredBy || party == event.verifiedBy) && mayBeReversed(definition):
            // What comes after is another occurrence, declared and verified anew.
            if var occurrence = current {
                occurrence.endsAt = recorded
                ended.append(occurrence)
            }
            (declared, verified, challenged) = (nil, nil, nil)
        default:
            break
        }
    }

    /// When the event acts, each time that it happened.
    package var occurrences: [EventOccurrence] {
        ended + [current].compactMap { $0 }
    }

    package var state: State {
        if challenged != nil { return .challenged }
        if current != nil { return .happened }
        if declared != nil { return .declared }
        return ended.isEmpty ? .unheard : .reversed
    }

    /// Whether what happened can be taken back; a declaration that awaits its verification always can.
    private func mayBeReversed(_ definition: EventDefinitionClause?) -> Bool {
        guard let definition, let current else { return true }
        switch definition.reversal {
        case .irrevocable:
            return false
        case .onChallenge(let within):
            guard let challenged else { return false }
            return within.map { challenged <= current.actsFrom.advanced(byMilliseconds: $0) } ?? true
        }
    }

    private var current: EventOccurrence? {
        guard let declared, let complete = event.verifiedBy == nil ? declared : verified else { return nil }
        return EventOccurrence(
            event: event.id, actsFrom: max(declared.acting, complete.acting), endsAt: nil,
            recorded: max(declared.recorded, complete.recorded))
    }
}
