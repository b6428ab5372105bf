// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Records

/// What one event loop remembers of a virtual key.
final class KeyState {
    /// How many models one key's state remembers.
    static let slotsMax = 256

    let key: VirtualKey
    /// What the key's requests use; `nil` for a key without limits.
    let account: KeyAccount?
    /// Whether a request has more to pass than the key itself.
    let isLimited: Bool
    private var slots: [String: WorkloadSlot] = [:]
    /// The slot that was asked for last, which is most often the next one too.
    private var last: (model: String, slot: WorkloadSlot)?
    private var hour: Int64 = .min
    private var commitments: EncodedPart<DecisionEntry.Commitments>?

    init(_ key: VirtualKey, account: KeyAccount?) {
        self.key = key
        self.account = account
        isLimited = account != nil || !key.limits.models.isEmpty
    }

    /// The slot for a model; remembered only for models that are served.
    func slot(model: String, in table: DeploymentTable) -> WorkloadSlot {
        if let last, last.model == model { return last.slot }
        if let known = slots[model] {
            last = (model, known)
            return known
        }
        let candidate = table.candidates(ofModel: model).first
        let made = WorkloadSlot(
            key: key, model: model, publisher: candidate.map { table.deployments[$0].publisher } ?? "")
        if candidate != nil {
            if slots.count >= Self.slotsMax { slots.removeAll(keepingCapacity: true) }
            slots[model] = made
        }
        return made
    }

    /// Forgets what depends on the configuration.
    func forgetSlots() {
        slots.removeAll(keepingCapacity: true)
        last = nil
    }

    /// The salted commitments to who asked, which change each hour.
    func commitments(at: Instant, salts: CommitmentSalts) -> EncodedPart<DecisionEntry.Commitments> {
        let now = at.nanoseconds / CommitmentSalts.periodNanoseconds
        if now == hour, let commitments { return commitments }
        let made = EncodedPart(salts.commitments(key: key.id, tenant: key.tenant, labels: key.labels, at: at))
        hour = now
        commitments = made
        return made
    }
}
