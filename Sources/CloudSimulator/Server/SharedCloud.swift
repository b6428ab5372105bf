// SPDX-License-Identifier: Apache-2.0

internal import NIOCore
internal import Synchronization

/// The one state that all connections of a simulated cloud share.
final class SharedCloud: Sendable {
    let cloud: SimulatedCloud
    private let clock: @Sendable () -> NIODeadline
    private let state: Mutex<CloudState>

    init(_ cloud: SimulatedCloud, clock: @escaping @Sendable () -> NIODeadline) {
        self.cloud = cloud
        self.clock = clock
        state = Mutex(CloudState(cloud))
    }

    func decide(_ request: CloudRequest) -> CloudState.Decision {
        let now = clock()
        return state.withLock { $0.decide(request, now: now) }
    }

    func refuseUnrouted(_ refusal: Refusal) -> Refusal {
        state.withLock { $0.refuseUnrouted(refusal) }
    }

    func end(_ served: ServedRequest, as ending: RequestEnding) {
        let now = clock()
        state.withLock { $0.end(served, as: ending, now: now) }
    }

    func nextIdentifier() -> UInt64 {
        state.withLock { $0.nextIdentifier() }
    }

    func counters() -> CloudCounters {
        state.withLock { $0.counters() }
    }

    func setFaults(_ rules: [FaultRule]) throws(CloudError) {
        try state.withLock { (state) throws(CloudError) in try state.setFaults(rules) }
    }

    func setCapacity(lane: String, tokensPerMinute: Int) throws(CloudError) {
        let now = clock()
        try state.withLock { (state) throws(CloudError) in
            try state.setCapacity(lane: lane, tokensPerMinute: tokensPerMinute, now: now)
        }
    }
}
