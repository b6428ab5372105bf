// SPDX-License-Identifier: Apache-2.0

/// The course of one recorded request for support, for one feature: `asked → declined | silent → supported | over`.
package struct SupportRequest: Sendable, Equatable {
    /// Where the request stands.
    package enum State: Sendable {
        /// The cloud may still answer, or its notice runs.
        case asked
        /// The cloud said no.
        case declined
        /// The cloud did not answer in the time that the clause gives.
        case silent
        /// The cloud said that it supports the feature.
        case supported
        /// The answer has ended, or another record is the answer.
        case over
    }

    /// How answers and silence count, by the `decline` clauses about the cloud.
    package struct Rules: Sendable, Equatable {
        /// How many milliseconds after an answer it may be relied on.
        package var noticeMilliseconds: Int64
        /// After how many milliseconds silence counts; `nil`: never.
        package var silenceMilliseconds: Int64?
        /// Whether an answer counts only where its record says when support was asked for.
        package var isRequestRequired: Bool
        /// How many milliseconds after the cloud took it back a decline may still be relied on; `nil`: for good.
        package var revocationMilliseconds: Int64?

        package init(
            noticeMilliseconds: Int64 = 0, silenceMilliseconds: Int64? = nil, isRequestRequired: Bool = false,
            revocationMilliseconds: Int64? = 0
        ) {
            self.noticeMilliseconds = noticeMilliseconds
            self.silenceMilliseconds = silenceMilliseconds
            self.isRequestRequired = isRequestRequired
            self.revocationMilliseconds = revocationMilliseconds
        }

        /// The rules of several clauses together: of each the one that lets a request leave the least.
        package init(_ clauses: [DeclineClause]) {
            self.init(
                noticeMilliseconds: clauses.map(\.noticeMilliseconds).max() ?? 0,
                silenceMilliseconds: clauses.contains { $0.silenceMilliseconds == nil }
                    ? nil : clauses.compactMap(\.silenceMilliseconds).max(),
                isRequestRequired: clauses.contains { $0.request == .required },
                revocationMilliseconds: clauses.isEmpty ? 0 : clauses.compactMap(\.revocationMilliseconds).min())
        }
    }

    private struct Step: Sendable, Equatable {
        var from: Instant
        var state: State
    }

    private let rules: Rules
    /// Until when the cloud may answer in time; `nil` where the record is itself an answer, or silence never counts.
    private let answerBy: Instant?
    private let hasAnswer: Bool
    private var steps: [Step]

    /// The course of a record, before anything follows it.
    ///
    /// - Parameters:
    ///   - decline: the request, with the cloud's answer where the record has it.
    ///   - recorded: when it was recorded; nothing counts before.
    ///   - rules: how answers and silence count.
    package init(_ decline: Decline, recorded: Instant, rules: Rules) {
        self.rules = rules
        hasAnswer = decline.answered != nil
        answerBy =
            hasAnswer
            ? nil
            : decline.requested.flatMap { requested in
                rules.silenceMilliseconds.map { requested.advanced(byMilliseconds: $0) }
            }
        let asked = max(decline.requested ?? decline.answered ?? recorded, recorded)
        steps = [Step(from: asked, state: .asked)]
        if let answered = decline.answered {
            guard decline.requested != nil || !rules.isRequestRequired else {
                change(to: .over, from: asked)
                return
            }
            let from = max(answered.advanced(byMilliseconds: rules.noticeMilliseconds), recorded)
            change(to: .declined, from: from)
        } else if let answerBy {
            change(to: .silent, from: max(answerBy, recorded))
        }
        change(to: .over, from: decline.until)
    }

    /// Takes in a later record in which the cloud declines; it is the answer to a request that has none.
    package mutating func take(answer: Decline, recorded: Instant) {
        guard !hasAnswer, let answered = answer.answered else { return }
        // An answer in time leaves no silence behind; a late one takes its place when it may be relied on.
        let isInTime = answerBy.map { answered < $0 } ?? true
        let notice = isInTime ? 0 : rules.noticeMilliseconds
        change(to: .over, from: max(answered.advanced(byMilliseconds: notice), recorded))
    }

    /// Takes in a later record in which the cloud supports the feature.
    package mutating func take(support: SupportAnswer, recorded: Instant) {
        guard let notice = rules.revocationMilliseconds else { return }
        change(to: .supported, from: max(support.from, recorded).advanced(byMilliseconds: notice))
    }

    /// Where the request stands at an instant; `nil` before it was known.
    package func state(at instant: Instant) -> State? {
        steps.last { $0.from <= instant }?.state
    }

    /// When the cloud has declined or is silent past its time; `nil` where neither comes about.
    package var ground: (from: Instant, until: Instant)? {
        guard let index = steps.firstIndex(where: { $0.state == .declined || $0.state == .silent }) else { return nil }
        return (steps[index].from, index + 1 < steps.count ? steps[index + 1].from : .distantFuture)
    }

    private mutating func change(to state: State, from instant: Instant) {
        steps.removeAll { $0.from >= instant }
        steps.append(Step(from: instant, state: state))
    }
}
