// SPDX-License-Identifier: Apache-2.0

internal import Agreement

extension LoopContext {
    /// Takes over other settings; called on the loop.
    ///
    /// Those of another placement configuration come into force with the snapshot that brings it, so that no deployment
    /// is ever reached by what was set for one of the same name in another configuration.
    func use(_ next: LoopSettings) {
        if next.configuration == snapshot.facts.configuration {
            put(next)
        } else {
            awaited = next
        }
    }

    /// Takes over the settings that belong to the present snapshot: the awaited ones, or, where the ledger lost the
    /// configuration, those before.
    func followSnapshot() {
        let configuration = snapshot.facts.configuration
        guard settings.configuration != configuration,
            let matching = [awaited, replaced].compactMap({ $0 }).first(where: { $0.configuration == configuration })
        else { return }
        replaced = settings
        put(matching)
    }

    /// Forgets the settings that did not come into force, and those that are not needed any more.
    func endReload() {
        awaited = nil
        replaced = nil
    }

    private func put(_ next: LoopSettings) {
        settings = next
        limits = next.limits
        onLedgerLoss = next.onLedgerLoss
        pool.limits = next.limits
        keepConfiguredHealth()
    }
}
