// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import NIOCore
internal import Records
internal import Wire

// The share of a workload that a migration moves.
extension Exchange {
    /// What the request brings to a plan: what it has met, and its part where a migration moves a share.
    ///
    /// Without a migration nothing is hashed.
    func brought(to planned: WorkloadSlot.Planned) -> OwnSignals {
        guard let mover = planned.plan.mover(at: at) else { return own }
        var own = own
        own.bucket = MigrationBucket.number(of: seed(), salt: planned.plan.movers[mover].salt)
        return own
    }

    /// The migration that moves a share of the workload under a plan; `nil` where none does.
    func migration(under planned: WorkloadSlot.Planned) -> String? {
        planned.plan.mover(at: at).map { planned.plan.movers[$0].migration.id }
    }

    /// The hash of what stays together: the conversation or user that the request names, else its key.
    private func seed() -> UInt64 {
        if let migrationSeed { return migrationSeed }
        let salts = loop.shared.salts
        let made: UInt64
        if let affinity = scan.affinity {
            let name = body.readableBytesView.dropFirst(affinity.name.lowerBound).prefix(affinity.name.count)
            made = salts.migrationSeed(affinity.kind.label, name)
        } else {
            made = salts.migrationSeed("key", keyState.key.id.utf8)
        }
        migrationSeed = made
        return made
    }
}

extension RequestAffinity.Kind {
    fileprivate var label: String {
        switch self {
        case .conversation: "conversation"
        case .promptCacheKey: "prompt_cache_key"
        case .safetyIdentifier: "safety_identifier"
        case .user: "user"
        }
    }
}
