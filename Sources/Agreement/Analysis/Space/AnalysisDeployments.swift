// SPDX-License-Identifier: Apache-2.0

/// Where requests may be served while terms are analysed: the configured deployments, or one on each cloud that the
/// agreements declare and one on a cloud of nobody, each serving every model and feature.
struct AnalysisDeployments: Sendable {
    /// Stands for a cloud that no agreement declares; no identifier is written so.
    static let otherCloud = "*"

    let configured: DeploymentTable?
    /// The clouds, by name; ``otherCloud`` stands last.
    let clouds: [String]
    /// The classes of regions that clauses tell apart; each cloud has a deployment in every one.
    private let regions: [Atom]

    /// - Parameters:
    ///   - documents: the agreements whose clouds are meant.
    ///   - configured: the deployments of a gateway; `nil` for one on every cloud.
    init(of documents: [AgreementDocument], configured: DeploymentTable?) {
        self.configured = configured
        clouds =
            configured?.clouds ?? Set(documents.flatMap { $0.clouds.map(\.id) }).sorted() + [Self.otherCloud]
        let clauses = documents.flatMap(\.instruments).flatMap(\.operations).compactMap(\.clause)
        regions = Atom.classes(of: clauses.flatMap(\.deploymentRegions))
    }

    /// What is wrong where a decision could not list so many deployments; `nil` where it can.
    var tooMany: Finding? {
        guard configured == nil, clouds.count * regions.count > Decision.entriesMax else { return nil }
        return .tooManyPlaces(clouds: clouds.count - 1, regions: regions.count)
    }

    /// The values that only these deployments know: their models.
    var namedValues: [(Dimension, String)] {
        (configured?.models ?? []).map { (.model, $0) }
    }

    /// The features that some deployments lack, each deployment's as one set.
    var missingFeatures: Set<FeatureSet> {
        Set((configured?.deployments ?? []).map { FeatureSet.all.subtracting($0.features) }.filter { !$0.isEmpty })
    }

    /// The workload as a request for its model would have it: a configured model has a publisher.
    func completed(_ workload: Workload) -> Workload {
        guard let configured, let first = configured.candidates(ofModel: workload[.model]).first else {
            return workload
        }
        var completed = workload
        completed[.publisher] = configured.deployments[first].publisher
        return completed
    }

    /// The deployments that a request for a model may meet.
    func table(model: String) -> DeploymentTable {
        if let configured { return configured }
        return DeploymentTable(
            clouds.flatMap { cloud in
                regions.map { region in
                    Deployment(
                        id: "\(cloud)/\(region.words)", cloud: cloud, account: "", region: region.value,
                        lane: .onDemand,
                        model: model, publisher: "", features: .all, rank: 0)
                }
            })
    }
}
