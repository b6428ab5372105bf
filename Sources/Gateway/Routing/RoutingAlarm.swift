// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// Something about a deployment or an account that people should learn of.
package struct RoutingNotice: Sendable, Equatable {
    /// What happened.
    package enum Event: Sendable, Equatable {
        case deploymentRests, deploymentWorks, accountRests, accountWorks
    }

    package var event: Event
    /// The deployment, or the upstream whose account it is.
    package var subject: String
    /// The class of the provider's last answer; empty where it works.
    package var signal: String
    /// The HTTP status of that answer; 0 where none came.
    package var status: Int
}

/// Says once for all event loops that a deployment or an account does not work, and once that it works again.
final class RoutingAlarm: Sendable {
    private let report: @Sendable (RoutingNotice) -> Void
    /// The loops on which each subject rests; touched when a rest begins or ends, never by a request that goes well.
    private let resting = Mutex<[String: Set<Int>]>([:])

    init(_ report: @escaping @Sendable (RoutingNotice) -> Void) {
        self.report = report
    }

    /// A rest began or ended on a loop.
    func tell(_ notice: RoutingNotice, loop: Int) {
        let isAccount = notice.event == .accountRests || notice.event == .accountWorks
        let key = (isAccount ? "account " : "deployment ") + notice.subject
        let isNews = resting.withLock { resting in
            switch notice.event {
            case .deploymentRests, .accountRests:
                return resting[key, default: []].insert(loop).inserted && resting[key]?.count == 1
            case .deploymentWorks, .accountWorks:
                guard resting[key]?.remove(loop) != nil, resting[key]?.isEmpty == true else { return false }
                resting[key] = nil
                return true
            }
        }
        if isNews { report(notice) }
    }

    /// A loop knows nothing against anyone any more.
    func forget(loop: Int) {
        resting.withLock { resting in
            for key in resting.keys { resting[key]?.remove(loop) }
            resting = resting.filter { !$0.value.isEmpty }
        }
    }
}
