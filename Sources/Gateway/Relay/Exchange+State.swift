// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import NIOCore
internal import Records
internal import Wire

/// The one place that may serve a request, because of what the request builds on.
enum StateBinding: Equatable {
    /// It brings all that it needs along.
    case free
    case home(StateHomes.Home)
    /// Nobody knows where: it stays at the first place of the primary, whatever the evidence of the moment.
    case unknown
    /// What it builds on lies at several places.
    case divided
}

// State that lies at one provider: a request that needs it is served there or nowhere.
extension Exchange {
    /// The reason in the ledger.
    static let stateBound = "state-bound"

    /// Where a request has to be served.
    static func binding(_ scan: RequestScan, _ body: ByteBuffer, _ homes: StateHomes) -> StateBinding {
        guard !scan.boundState.isEmpty else { return .free }
        let bytes = body.readableBytesUInt8Span
        var names: [StateName] = []
        for reference in scan.references {
            if let name = StateName(reference, in: bytes) { names.append(name) }
        }
        switch homes.find(names) {
        case .unknown: return .unknown
        case .at(let home): return .home(home)
        case .divided: return .divided
        }
    }

    /// Whether what is known of the request's state lets a deployment serve it.
    func isWhereStateLies(_ entry: Decision.Entry, _ deployment: Deployment) -> Bool {
        switch binding {
        case .free, .unknown: true
        case .home(let home): home.holds(deployment) && (!isStateUnknown || entry.flags.contains(.primary))
        case .divided: false
        }
    }

    /// Whether the request's state lets a deployment of the decision serve it; one that may not is passed over.
    func stateAllows(_ entry: Decision.Entry, _ deployment: Deployment) -> Bool {
        switch binding {
        case .free:
            return true
        case .unknown:
            // From now on it is there, so that no later attempt goes elsewhere.
            guard let anchor = planned.plan.anchor else { return false }
            binding = .home(StateHomes.Home(table.deployments[anchor]))
            isStateUnknown = true
            return stateAllows(entry, deployment)
        case .home, .divided:
            if isWhereStateLies(entry, deployment) { return true }
        }
        isHeldByState = true
        passOver(deployment, .stateBound)
        return false
    }

    /// Answers a request that only one place may serve, which the terms do not list now.
    func refuseForState() {
        let clause = decision.bindingClause
        let clauses = clause == Decision.noClause ? [] : [planned.terms.reference(Int(clause))]
        var isAtHome = false
        if case .home(let home) = binding, let anchor = planned.plan.anchor {
            isAtHome = home.cloud == table.deployments[anchor].cloud
        }
        let error =
            if isAtHome {
                ErrorAnswer(
                    status: 429, type: "rate_limit_error", code: "state_bound",
                    message: "The request builds on state that lies on the primary cloud, which asked not to be "
                        + "called yet; try again after the time in Retry-After.",
                    retryAfterMilliseconds: retryAfterMilliseconds)
            } else {
                ErrorAnswer(
                    status: 409, type: "invalid_request_error", code: "state_bound",
                    message: "The request builds on state (an earlier response, a stored item, encrypted reasoning or "
                        + "a file) that lies where it may not be served now; send the whole input without it.",
                    shouldRetry: false)
            }
        refuse(error, reason: Self.stateBound, clauses: clauses)
    }

    /// Remembers where the state lies that an answer leaves.
    func noteState(_ names: [StateName]) {
        guard !names.isEmpty, let attempt = current else { return }
        loop.shared.stateHomes.note(names, at: StateHomes.Home(attempt.deployment))
    }
}
