// SPDX-License-Identifier: Apache-2.0

package import Agreement
internal import Records
internal import Synchronization

/// Takes in facts one at a time: into the ledger first, then into the state that decisions read.
package final class FactBook: Sendable {
    private struct State {
        var facts: Facts
        var snapshot: Snapshot
        /// Requests on each recovering lane, by the table's lanes.
        var onLane: [Int]
        var listeners: [@Sendable (Snapshot) -> Void] = []
    }

    private let state: Mutex<State>
    private let ledger: LedgerPort
    private let clock: GatewayClock

    /// A book that goes on from what the ledger holds.
    package init(facts: Facts, ledger: LedgerPort, clock: GatewayClock) {
        state = Mutex(
            State(facts: facts, snapshot: Snapshot(facts), onLane: Array(repeating: 0, count: facts.windows.count)))
        self.ledger = ledger
        self.clock = clock
    }

    /// The facts as they stand.
    package var snapshot: Snapshot {
        state.withLock { $0.snapshot }
    }

    /// Calls the listener with every snapshot from now on, the present one first.
    package func listen(_ listener: @escaping @Sendable (Snapshot) -> Void) {
        state.withLock { state in
            state.listeners.append(listener)
            listener(state.snapshot)
        }
    }

    /// Takes in a fact.
    ///
    /// - Parameters:
    ///   - fact: what became known.
    ///   - entry: makes the ledger's entry from the instant and the fact's number.
    /// - Returns: the ledger's answer; the fact counts only if the entry was accepted.
    @discardableResult
    package func take(_ fact: Fact, entry: (Instant, UInt64) -> [UInt8]) -> LedgerPort.Outcome {
        state.withLock { state in
            let at = clock.now()
            let outcome = ledger.append(entry(at, state.facts.revision + 1))
            guard case .accepted = outcome else { return outcome }
            state.facts.apply(fact, at: at)
            if state.onLane.count != state.facts.windows.count {
                state.onLane = Array(repeating: 0, count: state.facts.windows.count)
            }
            let snapshot = Snapshot(state.facts, previous: state.snapshot)
            state.snapshot = snapshot
            for listener in state.listeners { listener(snapshot) }
            return outcome
        }
    }

    /// Takes in a provider's refusal of a lane.
    package func refused(_ refusal: LaneRefusal) {
        take(.refused(refusal)) { at, revision in
            LaneRefusedEntry(at: at, revision: revision, refusal: refusal).encoded()
        }
    }

    /// Takes in a provider's success on a lane whose window is not sufficient.
    package func recovered(_ success: LaneSuccess) {
        take(.recovered(success)) { at, revision in
            LaneRecoveredEntry(at: at, revision: revision, success: success).encoded()
        }
    }

    /// Lets one more request onto a lane that recovers.
    ///
    /// - Parameter lane: the index of the lane in the snapshot's deployment table.
    /// - Returns: whether the window admits it; then ``leave(lane:)`` must follow.
    package func enter(lane: Int) -> Bool {
        state.withLock { state in
            guard state.onLane.indices.contains(lane), state.onLane[lane] < state.facts.windows[lane].admitted else {
                return false
            }
            state.onLane[lane] += 1
            return true
        }
    }

    /// Ends what ``enter(lane:)`` began.
    package func leave(lane: Int) {
        state.withLock { state in
            guard state.onLane.indices.contains(lane), state.onLane[lane] > 0 else { return }
            state.onLane[lane] -= 1
        }
    }
}
