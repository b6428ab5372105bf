// SPDX-License-Identifier: Apache-2.0

/// The deployments that a gateway may use, in an order that does not depend on the configuration file's.
///
/// An object, because every request hands it on.
package final class DeploymentTable: Sendable, Equatable {
    /// How many deployments one table holds at most.
    package static let deploymentsMax = 1_024
    /// How many deployments may serve one model; own signals are kept as bits of one word.
    package static let deploymentsPerModelMax = 64

    /// All deployments, by identifier; a deployment's index here is its number in decisions.
    package let deployments: [Deployment]
    /// What capacity windows are about, each once.
    package let lanes: [LaneKey]
    /// For each deployment, the index of its lane.
    package let laneOfDeployment: [Int]
    /// The clouds, each once, by name.
    package let clouds: [String]
    /// For each deployment, the index of its cloud.
    package let cloudOfDeployment: [Int]
    private let candidatesByModel: [String: [Int]]

    /// A table of these deployments, in whatever order they come.
    ///
    /// - Precondition: identifiers are unique and the limits hold; the configuration reader sees to both.
    package init(_ unordered: [Deployment]) {
        precondition(unordered.count <= Self.deploymentsMax)
        let deployments = unordered.sorted { $0.id < $1.id }
        precondition(zip(deployments, deployments.dropFirst()).allSatisfy { $0.id != $1.id })
        self.deployments = deployments

        var lanes: [LaneKey] = []
        var laneIndexes: [LaneKey: Int] = [:]
        laneOfDeployment = deployments.map { deployment in
            if let known = laneIndexes[deployment.laneKey] { return known }
            lanes.append(deployment.laneKey)
            laneIndexes[deployment.laneKey] = lanes.count - 1
            return lanes.count - 1
        }
        self.lanes = lanes
        let clouds = Set(deployments.map(\.cloud)).sorted()
        self.clouds = clouds
        cloudOfDeployment = deployments.map { deployment in clouds.firstIndex(of: deployment.cloud) ?? 0 }

        candidatesByModel = Dictionary(grouping: deployments.indices) { deployments[$0].model }
        precondition(candidatesByModel.values.allSatisfy { $0.count <= Self.deploymentsPerModelMax })
    }

    package static func == (left: DeploymentTable, right: DeploymentTable) -> Bool {
        // Everything else follows from the deployments.
        left === right || left.deployments == right.deployments
    }

    /// The deployments of a model, by identifier; their positions are the bits of ``OwnSignals``.
    package func candidates(ofModel model: String) -> [Int] {
        candidatesByModel[model] ?? []
    }

    /// The models served, by name.
    package var models: [String] {
        candidatesByModel.keys.sorted()
    }

    /// The index of a cloud; `nil` where no deployment is on it.
    package func cloudIndex(_ cloud: String) -> Int? {
        clouds.firstIndex(of: cloud)
    }

    /// The ladder of a cloud: its regions by their best rank, in each the reserved lane before the on-demand one.
    package func ladder(of candidates: [Int]) -> [Int] {
        var bestRank: [String: Int] = [:]
        for index in candidates {
            let deployment = deployments[index]
            bestRank[deployment.region] = min(bestRank[deployment.region] ?? .max, deployment.rank)
        }
        func key(_ index: Int) -> (Int, String, UInt8, Int, String) {
            let deployment = deployments[index]
            return (
                bestRank[deployment.region] ?? 0, deployment.region, deployment.lane.rawValue, deployment.rank,
                deployment.id
            )
        }
        return candidates.sorted { key($0) < key($1) }
    }

    /// Tiers by rank, in each by lane and identifier.
    package func tiers(of candidates: [Int]) -> [Int] {
        func key(_ index: Int) -> (Int, UInt8, String) {
            (deployments[index].rank, deployments[index].lane.rawValue, deployments[index].id)
        }
        return candidates.sorted { key($0) < key($1) }
    }
}
