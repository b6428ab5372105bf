// SPDX-License-Identifier: Apache-2.0

package import Agreement
internal import Gateway
internal import Records
internal import Store

extension LedgerNode {
    /// Begins a gateway's time on the log.
    ///
    /// - Returns: the number of this start.
    package func begin() throws(ServiceError) -> UInt64 {
        let boot = boots + 1
        let outcome = book.take(.started) { at, revision in
            StartedEntry(at: at, revision: revision, boot: boot, version: Release.version).encoded()
        }
        guard case .accepted = outcome else { throw Self.ledgerTrouble }
        return boot
    }

    /// Settles the requests that were in flight when the last process died, from their size and their last mark.
    ///
    /// - Returns: how many there were.
    package func settleInterrupted() throws(ServiceError) -> Int {
        let open: [(request: RequestRow, progress: (cloud: String, deployment: String, events: UInt64)?)]
        do throws(TableError) {
            open = try tables.openRequests()
        } catch {
            throw ServiceError(.failed, "\(error)")
        }
        for (request, progress) in open {
            let entry = PlacementEntry(
                at: clock.now(), request: request.id, outcome: .interrupted, clause: "", ground: "", isSpill: false,
                evidence: 0, attempts: [],
                usage: TokenUsage(
                    basis: .estimated, prompt: (request.promptBytes + 3) / 4, completion: progress?.events ?? 0),
                status: 0, firstByte: nil)
            guard case .accepted = ledger.append(entry.encoded()) else { throw Self.ledgerTrouble }
        }
        return open.count
    }

    /// Ends a gateway's time on the log in order.
    package func end() {
        _ = ledger.append(ClosedEntry(at: clock.now()).encoded())
    }

    /// Writes down that the wall clock was set.
    package func recordClockStep(expected: Instant, found: Instant) {
        _ = ledger.append(ClockStepEntry(at: clock.now(), expected: expected, found: found).encoded())
    }
}
