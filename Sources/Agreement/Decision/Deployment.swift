// SPDX-License-Identifier: Apache-2.0

/// How capacity is bought on a cloud.
package enum Lane: UInt8, Sendable, CaseIterable {
    /// Bought in advance; its own meter.
    case reserved
    /// Paid by use, from the cloud's shared pool.
    case onDemand

    /// The name as written.
    package var name: String {
        switch self {
        case .reserved: "reserved"
        case .onDemand: "on-demand"
        }
    }
}

/// A model served on a cloud account in a region on a lane.
///
/// An object, because each request hands its deployment on several times.
package final class Deployment: Sendable, Hashable {
    /// Our identifier.
    package let id: String
    package let cloud: String
    /// The account or subscription; capacity is counted by account.
    package let account: String
    package let region: String
    package let lane: Lane
    /// The model's public name, which clients ask for.
    package let model: String
    /// Who publishes the model.
    package let publisher: String
    /// The features that it serves.
    package let features: FeatureSet
    /// The tier among clouds, 0 to 1,000; lower goes first.
    package let rank: Int
    /// The offer under a right of first refusal that its capacity came from; `nil` where it came from none.
    package let capacityOffer: String?
    /// What a capacity window is about.
    package let laneKey: LaneKey

    package init(
        id: String, cloud: String, account: String, region: String, lane: Lane, model: String, publisher: String,
        features: FeatureSet, rank: Int, capacityOffer: String? = nil
    ) {
        self.id = id
        self.cloud = cloud
        self.account = account
        self.region = region
        self.lane = lane
        self.model = model
        self.publisher = publisher
        self.features = features
        self.rank = rank
        self.capacityOffer = capacityOffer
        laneKey = LaneKey(cloud: cloud, account: account, region: region, model: model, lane: lane)
    }

    /// The same deployment under an identifier and with the features that it serves.
    package func named(_ id: String, serving features: FeatureSet) -> Deployment {
        Deployment(
            id: id, cloud: cloud, account: account, region: region, lane: lane, model: model, publisher: publisher,
            features: features, rank: rank, capacityOffer: capacityOffer)
    }

    package static func == (left: Deployment, right: Deployment) -> Bool {
        left === right
            || left.id == right.id && left.laneKey == right.laneKey && left.publisher == right.publisher
                && left.features == right.features && left.rank == right.rank
                && left.capacityOffer == right.capacityOffer
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(id)
        hasher.combine(laneKey)
        hasher.combine(publisher)
        hasher.combine(features)
        hasher.combine(rank)
        hasher.combine(capacityOffer)
    }
}

/// What a capacity window is about: two deployments with the same key share one window.
package struct LaneKey: Sendable, Hashable {
    package var cloud: String
    package var account: String
    package var region: String
    package var model: String
    package var lane: Lane

    package init(cloud: String, account: String, region: String, model: String, lane: Lane) {
        self.cloud = cloud
        self.account = account
        self.region = region
        self.model = model
        self.lane = lane
    }
}
