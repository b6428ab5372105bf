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
package struct Deployment: Sendable, Hashable {
    /// Our identifier.
    package var id: String
    package var cloud: String
    /// The account or subscription; capacity is counted by account.
    package var account: String
    package var region: String
    package var lane: Lane
    /// The model's public name, which clients ask for.
    package var model: String
    /// Who publishes the model.
    package var publisher: String
    /// The features that it serves.
    package var features: FeatureSet
    /// The tier among clouds, 0 to 1,000; lower goes first.
    package var rank: Int
    /// The offer under a right of first refusal that its capacity came from; `nil` where it came from none.
    package var capacityOffer: String?

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
    }

    /// What a capacity window is about.
    package var laneKey: LaneKey {
        LaneKey(cloud: cloud, account: account, region: region, model: model, lane: lane)
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
