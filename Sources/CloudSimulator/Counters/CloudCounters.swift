// SPDX-License-Identifier: Apache-2.0

/// What a simulated cloud has done since its start.
package struct CloudCounters: Codable, Equatable, Sendable {
    /// The cloud's name.
    package var cloud: String
    /// All lanes, and the requests that reached none (wrong path, key or model).
    package var total: LaneCounters
    /// By the lane's name.
    package var lanes: [String: LaneCounters]
}
