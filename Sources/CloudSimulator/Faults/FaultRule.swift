// SPDX-License-Identifier: Apache-2.0

/// Which requests a fault meets.
///
/// Of several rules that match, the first acts.
package struct FaultRule: Codable, Equatable, Sendable {
    package var fault: CloudFault
    /// The lane's name; nil for every lane.
    package var lane: String?
    /// How many more requests it meets; nil for all until the rules are replaced.
    package var requests: Int?

    package init(_ fault: CloudFault, lane: String? = nil, requests: Int? = nil) {
        self.fault = fault
        self.lane = lane
        self.requests = requests
    }
}
