// SPDX-License-Identifier: Apache-2.0

package import Agreement
internal import Records
internal import Synchronization

/// Takes in facts one at a time: into the ledger first, then into the state that decisions read.
package final class FactBook: Sendable {
    private struct State {
        var facts: Facts
        var snapshot: Snapshot
        /// Requests on each recovering lane; by the lane itself, since another configuration numbers lanes anew.
        var onLane: [LaneKey: Int] = [:]
        /// Facts whose entries are not known to be on disk, each with what held before it.
        var unsettled: [(sequence: UInt64, before: Facts)] = []
        var losses = 0
        var trial: TrialAgreements?
        var listeners: [@Sendable (Snapshot) -> Void] = []

        /// Makes the facts known.
        mutating func publish(after previous: Snapshot?) {
            snapshot = Snapshot(facts, previous: previous, losses: losses, trial: trial)
            for listener in listeners { listener(snapshot) }
        }
    }

    private let state: Mutex<State>
    private let ledger: LedgerPort
    private let clock: GatewayClock

    /// A book that goes on from what the ledger holds.
    package init(facts: Facts, ledger: LedgerPort, clock: GatewayClock) {
        state = Mutex(
            State(facts: facts, snapshot: Snapshot(facts)))
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

    /// Decides live traffic under other agreements too from now on; before the first request.
    package func tryOut(_ trial: TrialAgreements) {
        state.withLock { state in
            state.trial = trial
            state.publish(after: state.snapshot)
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
            let outcome = ledger.append(entry(at, state.facts.revision + 1).span)
            guard case .accepted(let sequence) = outcome else { return outcome }
            let settled = ledger.durableSequence()
            state.unsettled.removeAll { $0.sequence <= settled }
            state.unsettled.append((sequence, state.facts))
            state.facts.apply(fact, at: at)
            state.publish(after: state.snapshot)
            return outcome
        }
    }

    /// Takes in facts that belong together: nobody sees some of them without the others.
    ///
    /// - Parameter pending: the facts in their order, each with what makes its entry.
    /// - Returns: the ledger's answer; the facts count only if the entries were accepted, all of them.
    package func take(all pending: [PendingFact]) -> LedgerPort.Outcome {
        state.withLock { state in
            let at = clock.now()
            let entries = pending.enumerated().map { $1.entry(at, state.facts.revision + 1 + UInt64($0)) }
            let outcome = ledger.appendAll(entries)
            guard case .accepted(let last) = outcome else { return outcome }
            let settled = ledger.durableSequence()
            state.unsettled.removeAll { $0.sequence <= settled }
            for (offset, item) in pending.enumerated() {
                state.unsettled.append((last - UInt64(pending.count - 1 - offset), state.facts))
                state.facts.apply(item.fact, at: at)
            }
            state.publish(after: state.snapshot)
            return outcome
        }
    }

    /// Takes back the facts whose entries were lost: what is not in the ledger is no ground for anything.
    ///
    /// - Parameter lost: the entries that will not come to disk.
    package func forget(_ lost: ClosedRange<UInt64>) {
        state.withLock { state in
            guard let first = state.unsettled.firstIndex(where: { lost.contains($0.sequence) }) else { return }
            state.facts = state.unsettled[first].before
            state.unsettled.removeSubrange(first...)
            state.losses += 1
            state.publish(after: nil)
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
    /// - Parameter lane: the lane.
    /// - Returns: whether the window admits it; then ``leave(lane:)`` must follow.
    package func enter(lane: LaneKey) -> Bool {
        state.withLock { state in
            let lanes = state.facts.configuration.deployments.lanes
            guard let index = lanes.firstIndex(of: lane),
                state.facts.windows[index].state == .sufficient
                    || state.onLane[lane, default: 0] < state.facts.windows[index].admitted
            else { return false }
            state.onLane[lane, default: 0] += 1
            return true
        }
    }

    /// How many requests are on recovering lanes now.
    package var permits: Int {
        state.withLock { $0.onLane.values.reduce(0, +) }
    }

    /// Ends what ``enter(lane:)`` began.
    package func leave(lane: LaneKey) {
        state.withLock { state in
            guard let count = state.onLane[lane] else { return }
            state.onLane[lane] = count > 1 ? count - 1 : nil
        }
    }
}
