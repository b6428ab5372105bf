// SPDX-License-Identifier: Apache-2.0

package import Agreement
internal import Gateway
internal import Providers
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
            var entry = PlacementEntry(
                at: clock.now(), request: request.id, outcome: .interrupted, clause: "", ground: "", isSpill: false,
                evidence: 0, attempts: [],
                usage: TokenUsage(
                    basis: .estimated, prompt: (request.promptBytes + 3) / 4, completion: progress?.events ?? 0),
                status: 0, firstByte: nil)
            if let progress { place(&entry, on: progress.deployment, lastDecision: request.lastDecision) }
            guard case .accepted = ledger.append(entry.encoded().span) else { throw Self.ledgerTrouble }
        }
        return open.count
    }

    /// Says where an interrupted request was being served, from the decision that listed the deployment.
    private func place(_ entry: inout PlacementEntry, on deployment: String, lastDecision index: UInt64) {
        var reader = log.reader(from: index)
        guard let bytes = try? reader.next(upTo: log.durableIndex)?[0],
            case .decision(let decision)? = try? Entry(Array(bytes))
        else { return }
        let facts = book.snapshot.facts
        let terms = facts.terms(at: decision.at, includingObserved: false)
        let table = facts.configuration.deployments
        // Under other terms or deployments than the decision's its numbers would mean something else.
        guard terms.digest() == decision.terms else { return }
        for position in 0..<decision.decision.count {
            let listed = decision.decision[position]
            guard Int(listed.deployment) < table.deployments.count,
                table.deployments[Int(listed.deployment)].id == deployment
            else { continue }
            entry.ground = listed.flags.contains(.departure) ? "departure" : listed.shown?.name ?? "primary"
            entry.clause = listed.clause == Decision.noClause ? "" : terms.reference(Int(listed.clause))
            entry.isSpill = !listed.flags.contains(.primary)
            entry.evidence = listed.evidence
            entry.migration = listed.flags.contains(.migrated) ? decision.migration : nil
            entry.attempts = [
                PlacementEntry.Attempt(
                    deployment: deployment, cloud: table.deployments[Int(listed.deployment)].cloud,
                    decision: decision.number, sent: decision.now, ended: entry.at, status: 0,
                    signal: SignalClass.ours.rawValue, vendorCode: 0, fingerprint: 0)
            ]
            return
        }
    }

    /// Ends a gateway's time on the log in order.
    package func end() {
        _ = ledger.append(ClosedEntry(at: clock.now()).encoded().span)
    }

    /// Writes down that the wall clock was set.
    package func recordClockStep(expected: Instant, found: Instant) {
        _ = ledger.append(ClockStepEntry(at: clock.now(), expected: expected, found: found).encoded().span)
    }
}
