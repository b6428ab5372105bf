// SPDX-License-Identifier: Apache-2.0

/// Whether an agreement moves requests or is only watched.
package enum Enforcement: UInt8, Sendable, CaseIterable {
    /// Its decisions are recorded and counted, and change no placement.
    case observe
    /// Its decisions are carried out.
    case enforce

    /// The name as written.
    package var name: String {
        switch self {
        case .observe: "observe"
        case .enforce: "enforce"
        }
    }
}

/// What of a gateway's configuration decisions read.
package struct PlacementConfiguration: Sendable, Equatable {
    package var deployments: DeploymentTable
    /// The enforcement of each agreement that the configuration names; others are enforced.
    package var enforcement: [String: Enforcement]
    /// Divides the waits and times to live of capacity windows; 1 outside demonstrations.
    package var speed: Int64
    /// The base of each model that is derived from another: a fine-tune, a distillation, a new version.
    package var derivatives: [String: String]
    /// Who may attest to evidence; while there is none, the names of persons are enough.
    package var recorders: [Recorder]

    package init(
        deployments: DeploymentTable, enforcement: [String: Enforcement] = [:], speed: Int64 = 1,
        derivatives: [String: String] = [:], recorders: [Recorder] = []
    ) {
        precondition(speed >= 1)
        self.deployments = deployments
        self.enforcement = enforcement
        self.speed = speed
        self.derivatives = derivatives
        self.recorders = recorders
    }

    /// The enforcement of an agreement.
    package func enforcement(of agreement: String) -> Enforcement {
        enforcement[agreement] ?? .enforce
    }

    /// A model and what it is derived from, its base first behind it.
    package func lineage(of model: String) -> [String] {
        var lineage = [model]
        // A circle in the configuration ends where it begins.
        while let base = lineage.last.flatMap({ derivatives[$0] }), !lineage.contains(base) { lineage.append(base) }
        return lineage
    }
}
