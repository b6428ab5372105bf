// SPDX-License-Identifier: Apache-2.0

internal import Agreement

extension OwnSignals {
    /// What a request has met, for a decision under the deployments of a later snapshot.
    ///
    /// A deployment that a reload changed is another one, which the request has not met.
    ///
    /// - Parameters:
    ///   - old: the deployments of the decision before.
    ///   - snapshot: what the next decision is made under.
    ///   - model: the model that the request asks for.
    /// - Returns: the same signals at the positions of the later table.
    func moved(from old: DeploymentTable, to snapshot: Snapshot, model: String) -> OwnSignals {
        let new = snapshot.facts.configuration.deployments
        guard new != old else { return self }
        let before = old.candidates(ofModel: model).map { old.deployments[$0] }
        var moved = OwnSignals()
        moved.lastLaneAnswers = lastLaneAnswers
        for (position, index) in new.candidates(ofModel: model).enumerated() {
            guard let earlier = before.firstIndex(of: new.deployments[index]) else { continue }
            let (from, to) = (UInt64(earlier), UInt64(position))
            moved.tried |= (tried >> from & 1) << to
            moved.noCapacity |= (noCapacity >> from & 1) << to
            moved.ownQuota |= (ownQuota >> from & 1) << to
            moved.outage |= (outage >> from & 1) << to
        }
        return moved
    }
}
