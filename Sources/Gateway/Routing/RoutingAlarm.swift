// SPDX-License-Identifier: Apache-2.0

internal import NIOCore
internal import Synchronization

/// Says once for all event loops that a deployment or an account rests, and once that it works again.
///
/// What comes and goes is not spoken of all the time: trouble is told at most once a minute of each, and later where it
/// lasts.
final class RoutingAlarm: Sendable {
    /// How long trouble that comes back is not spoken of, in seconds.
    static let quietSeconds: Int64 = 60

    private enum Subject: Hashable {
        case deployment(String)
        case account(String)
    }

    private struct State {
        /// The loops on which it rests.
        var loops: Set<Int> = []
        var isTold = false
        var toldAt: NIODeadline?
        /// What will be told unless it is over before.
        var waiting: RoutingNotice?

        func isQuiet(_ now: NIODeadline) -> Bool {
            toldAt.map { now - $0 < .seconds(RoutingAlarm.quietSeconds) } ?? false
        }

        mutating func tell(_ notice: RoutingNotice, now: NIODeadline) -> RoutingNotice {
            (isTold, toldAt, waiting) = (true, now, nil)
            return notice
        }
    }

    private let report: @Sendable (RoutingNotice) -> Void
    /// Touched when a rest begins or ends and by the clock, never by a request that goes well.
    private let states = Mutex<[Subject: State]>([:])

    init(_ report: @escaping @Sendable (RoutingNotice) -> Void) {
        self.report = report
    }

    /// A rest began or ended on a loop.
    func tell(_ notice: RoutingNotice, loop: Int, now: NIODeadline) {
        let subject = notice.isOfAccount ? Subject.account(notice.subject) : .deployment(notice.subject)
        let news: RoutingNotice? = states.withLock { states in
            var state = states[subject] ?? State()
            defer { states[subject] = state }
            if notice.isTrouble {
                state.loops.insert(loop)
                guard !state.isTold, state.waiting == nil else { return nil }
                guard state.isQuiet(now) else { return state.tell(notice, now: now) }
                state.waiting = notice
                return nil
            }
            guard state.loops.remove(loop) != nil, state.loops.isEmpty else { return nil }
            state.waiting = nil
            defer { state.isTold = false }
            return state.isTold ? notice : nil
        }
        if let news { report(news) }
    }

    /// Tells what has lasted; called a few times a second.
    func tick(_ now: NIODeadline) {
        let news = states.withLock { states in
            var news: [RoutingNotice] = []
            for (subject, var state) in states {
                guard let notice = state.waiting, !state.isQuiet(now) else { continue }
                news.append(state.tell(notice, now: now))
                states[subject] = state
            }
            return news
        }
        for notice in news { report(notice) }
    }

    /// A loop knows nothing any more of accounts, and of deployments that are not configured.
    func keep(loop: Int, _ isConfigured: (String) -> Bool) {
        states.withLock { states in
            for (subject, var state) in states {
                if case .deployment(let id) = subject, isConfigured(id) { continue }
                state.loops.remove(loop)
                states[subject] = state.loops.isEmpty ? nil : state
            }
        }
    }
}
