// SPDX-License-Identifier: Apache-2.0

extension SignalClass {
    /// The name in metrics and listings.
    package var name: String {
        switch self {
        case .success: "success"
        case .reservedFull: "reserved-full"
        case .noCapacity: "no-capacity"
        case .ownQuota: "own-quota"
        case .ramp: "ramp"
        case .billing: "billing"
        case .auth: "auth"
        case .request: "request"
        case .filter: "filter"
        case .outage: "outage"
        case .ours: "ours"
        }
    }
}
