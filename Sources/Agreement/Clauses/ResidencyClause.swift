// SPDX-License-Identifier: Apache-2.0

/// Says in which regions the workloads that it is about may be served; deployments elsewhere are forbidden.
package struct ResidencyClause: Sendable, Equatable {
    /// The regions allowed; not empty, and never ``ValuePattern/other``.
    package var regions: [ValuePattern]
    /// The clouds that it limits; empty means all.
    package var clouds: [String]

    package init(regions: [ValuePattern], clouds: [String]) {
        self.regions = regions
        self.clouds = clouds
    }

    /// Whether the clause lets a deployment on a cloud in a region serve.
    package func allows(cloud: String, region: String) -> Bool {
        (!clouds.isEmpty && !clouds.contains(cloud)) || regions.contains { $0.matches(region) { _ in true } }
    }
}
