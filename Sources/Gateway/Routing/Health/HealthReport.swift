// SPDX-License-Identifier: Apache-2.0

internal import Providers

/// What the end of an attempt says of the deployment's health.
enum HealthReport: Equatable {
    /// It served.
    case served
    /// It failed; `isSilent` where there is nobody to answer at all.
    case failed(isSilent: Bool)
    /// It refuses our account; `isWhole` where that concerns every deployment that the credential reaches.
    case account(isWhole: Bool)
    /// It answered that it will not serve now, which it says to accounts that it knows.
    case refused
    /// It answered, and what was wrong is the request's matter; `isAdmitted` where it must have taken our account to say so.
    case answered(isAdmitted: Bool)
    /// Nothing: we or the client ended the attempt.
    case nothing

    /// Reads a signal.
    ///
    /// - Parameters:
    ///   - signal: how the attempt ended.
    ///   - isInTime: whether the request still had time; a deadline that the client's key sets is not the upstream's fault.
    init(_ signal: Signal, isInTime: Bool) {
        switch signal.signalClass {
        case .success: self = .served
        case .reservedFull, .noCapacity, .ownQuota, .ramp: self = .refused
        case .billing: self = .account(isWhole: true)
        // A permission may be missing for one model alone.
        case .auth: self = .account(isWhole: signal.status != 403)
        // Some judge the form of a request before they look at its key; nobody judges its content before that.
        case .request: self = .answered(isAdmitted: false)
        case .filter: self = .answered(isAdmitted: true)
        case .outage:
            switch signal.vendorCode {
            case .connectFailed, .nameNotResolved, .tlsFailed: self = .failed(isSilent: true)
            default: self = .failed(isSilent: false)
            }
        case .ours: self = signal.vendorCode == .timeout && isInTime ? .failed(isSilent: false) : .nothing
        }
    }
}
