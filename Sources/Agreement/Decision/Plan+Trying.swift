// SPDX-License-Identifier: Apache-2.0

// What whoever tries the listed deployments asks of the plan besides the decision.
extension Plan {
    /// Whether a clause lets the request leave the primary because this deployment, its last lane, fails the request
    /// itself: then it has to be tried, however often it has failed others.
    package func mayLeaveOnOutage(of deployment: Int) -> Bool {
        isLastLane(deployment) && bindings.contains { $0.named.contains(.outage) }
    }

    /// The first instant at which a lane off the home cloud that this request has tried may be called again;
    /// ``Instant/distantFuture`` where none asked to be left alone.
    package func earliestRetry(ofTried own: OwnSignals, windows: [CapacityWindow], now: Instant) -> Instant {
        var earliest = Instant.distantFuture
        for candidate in others where own.tried & 1 << UInt64(candidate.position) != 0 {
            guard let until = closing(of: candidate, windows: windows, now: now), now < until else { continue }
            earliest = min(earliest, until)
        }
        return earliest
    }
}
