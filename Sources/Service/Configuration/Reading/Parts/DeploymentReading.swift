// SPDX-License-Identifier: Apache-2.0

internal import Agreement

/// Reads one entry of `deployments`.
struct DeploymentReading: Sendable {
    /// The deployment, whose identifier is still to be filled in.
    var settings: DeploymentSettings
    /// Where it begins.
    var place: Place
    var publisherPlace: Place
    var capacityPlace: Place
    /// The operations that are written; `nil` for those of the provider.
    var operations: FeatureSet?
    var operationsPlace: Place

    private static let upstream = Field.required(
        "upstream", ValueType<String>.reference(.upstream), "the name under `upstreams` that it is reached by.")
    private static let cloud = Field.required("cloud", .identifier, "the cloud, as agreements call it.")
    private static let account = Field.optional(
        "account", .dimensionName, "the account that capacity is counted by; the upstream's name where it is missing.")
    private static let region = Field.required("region", .dimensionName, "the region that serves it.")
    private static let lane = Field.defaulted(
        "lane", .lane, to: .onDemand, written: Lane.onDemand.name, "how its capacity is bought.")
    private static let model = Field.required("model", .dimensionName, "the name that clients ask for.")
    private static let publisher = Field.required("publisher", .dimensionName, "who publishes the model.")
    private static let upstreamModel = Field.optional(
        "upstream_model", .name, "the model's name at the provider; on Azure the deployment's name.")
    private static let without = Field.defaulted(
        "without", ValueType<FeatureSet>.feature.list(1...FeatureSet.names.count), to: [], written: "[]",
        "the features that it does not serve.")
    private static let operations = Field.optional(
        "operations", ValueType<FeatureSet>.operation.list(1...FeatureSet.namesOfOperations.count),
        "the operations that it serves; those of the provider where it is missing.")
    private static let rank = Field.defaulted(
        "rank", .integer(0...1_000), to: 100, written: "100", "its tier among clouds; lower goes first.")
    private static let tokensPerMinute = Field.optional(
        "tokens_per_minute", .integer(1...ConfigurationLimits.tokensPerMinuteMax), "what it was bought with.")

    private static let capacityOffer = Field.optional(
        "capacity_offer", .identifier, "the offer under a right of first refusal that its capacity came from.")
    private static let price = Field.optional(
        "price", PriceReading.type, "what a million tokens cost, for the budgets of keys.")

    static let type: ValueType<DeploymentReading> = FieldTable(
        "a deployment",
        [
            upstream.description, cloud.description, account.description, region.description, lane.description,
            model.description, publisher.description, upstreamModel.description, without.description,
            operations.description, rank.description, tokensPerMinute.description, capacityOffer.description,
            price.description,
        ]
    ).type { mapping in
        let readUpstream = mapping.value(upstream)
        let readCloud = mapping.value(cloud)
        let readAccount = mapping.value(account)
        let readRegion = mapping.value(region)
        let readLane = mapping.value(lane)
        let readModel = mapping.value(model)
        let readPublisher = mapping.value(publisher)
        let readUpstreamModel = mapping.value(upstreamModel)
        let readWithout = mapping.value(without) ?? []
        let readOperations = mapping.value(operations).map { FeatureSet($0) }
        let readRank = mapping.value(rank)
        let readTokens = mapping.value(tokensPerMinute)
        let readOffer = mapping.value(capacityOffer)
        let readPrice = mapping.value(price)
        guard let readUpstream, let readCloud, let readRegion, let readLane, let readModel, let readPublisher,
            let readRank
        else { return nil }
        let everything = FeatureSet(FeatureSet.names.compactMap { FeatureSet(name: $0) })
        return DeploymentReading(
            settings: DeploymentSettings(
                deployment: Deployment(
                    id: "", cloud: readCloud, account: readAccount ?? readUpstream, region: readRegion,
                    lane: readLane, model: readModel, publisher: readPublisher,
                    features: everything.subtracting(FeatureSet(readWithout)).union(readOperations ?? []),
                    rank: Int(readRank), capacityOffer: readOffer),
                upstream: readUpstream, upstreamModel: readUpstreamModel ?? readModel,
                tokensPerMinute: readTokens.map(Int.init), price: readPrice),
            place: mapping.place, publisherPlace: mapping.place(of: "publisher"),
            capacityPlace: mapping.place(of: "tokens_per_minute"), operations: readOperations,
            operationsPlace: mapping.place(of: "operations"))
    }
}
