// SPDX-License-Identifier: Apache-2.0

package import Agreement
package import Gateway

/// How far a demonstration is.
package struct DemoProgress: Sendable {
    /// How many requests there will be.
    package let total: Int
    /// What the gateway has counted.
    package let metrics: LoopMetrics
    package let facts: Facts
    /// Since the start.
    package let seconds: Double

    /// The lanes that lack capacity now.
    package var openWindows: [String] {
        zip(facts.configuration.deployments.lanes, facts.windows).compactMap { lane, window in
            window.state == .sufficient ? nil : "\(lane.cloud) \(lane.lane.name) \(window.state.name)"
        }
    }
}
