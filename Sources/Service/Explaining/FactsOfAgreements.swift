// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// The facts that agreements make by themselves, with one deployment on each cloud that they declare.
package enum FactsOfAgreements {
    /// The name of the cloud that no agreement declares.
    package static let otherCloud = "another-cloud"

    /// The facts under some agreements.
    ///
    /// - Parameters:
    ///   - documents: the agreements.
    ///   - model: the model that is asked for.
    ///   - publisher: its publisher.
    ///   - region: the region of the deployments.
    /// - Returns: the facts.
    package static func make(
        _ documents: [AgreementDocument], model: String, publisher: String, region: String
    ) -> Facts {
        var facts = Facts()
        for document in documents { facts.apply(.adopted(document), at: .distantPast) }
        let clouds = Set(documents.flatMap { $0.clouds.map(\.id) }).sorted() + [otherCloud]
        let table = DeploymentTable(
            clouds.map { cloud in
                Deployment(
                    id: cloud, cloud: cloud, account: "", region: region, lane: .onDemand, model: model,
                    publisher: publisher, features: .all, rank: 0)
            })
        facts.apply(.configured(PlacementConfiguration(deployments: table)), at: .distantPast)
        return facts
    }
}
