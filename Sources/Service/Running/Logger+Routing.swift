// SPDX-License-Identifier: Apache-2.0

internal import Gateway
internal import Logging
internal import Providers

extension Logger {
    /// Says that a deployment or an account rests, or works again: what, where, why, what happens now and how to mend it.
    func log(_ notice: RoutingNotice) {
        var metadata: Logger.Metadata = [
            notice.isOfAccount ? "account" : "deployment": "\(notice.subject)", "address": "\(notice.address)",
        ]
        if let signal = notice.signal { metadata[notice.isTrouble ? "cause" : "answer"] = "\(signal.words)" }
        if notice.isTrouble { metadata["mend"] = "\(notice.signal?.remedy ?? Signal.ownRecovery)" }
        switch notice.event {
        case .deploymentRests:
            warning(
                "a deployment fails and rests: requests pass over it, and one at a time probes it", metadata: metadata)
        case .deploymentAnswers:
            self.notice("a deployment answers again and rests no more", metadata: metadata)
        case .accountRests:
            error(
                "a provider refuses the account, which rests: requests pass over it, and one at a time probes it",
                metadata: metadata)
        case .accountWorks:
            self.notice("a provider takes the account again, and it rests no more", metadata: metadata)
        }
    }
}

extension Signal {
    /// What to do about what mends itself.
    fileprivate static let ownRecovery = "see the provider's status; it is used again as soon as it answers"

    /// What an attempt met, in a few words.
    fileprivate var words: String {
        switch vendorCode {
        case .connectFailed: "no connection"
        case .nameNotResolved: "the host has no address"
        case .tlsFailed: "no TLS session"
        case .connectionLost: "the connection broke"
        case .malformedResponse: "an answer that can't be read"
        case .timeout: "too slow"
        default:
            status == 0
                ? signalClass.name : "HTTP \(status)\(isInStream ? " and an error event" : ""), \(signalClass.name)"
        }
    }

    /// What an operator can do about it.
    fileprivate var remedy: String {
        switch (vendorCode, signalClass) {
        case (.connectFailed, _):
            "see that the provider runs, that url of the upstream has its address, and that no firewall is in between"
        case (.nameNotResolved, _): "see url of the upstream, and this machine's name servers"
        case (.tlsFailed, _): "see the provider's certificate, and ca_file of the upstream"
        case (.timeout, _): "see the provider's status; limits and routing say how long is waited"
        case (_, .billing): "see to the account's credit and spend limits at the provider"
        case (_, .auth) where status == 403: "permit the deployment's model to the account at the provider"
        case (_, .auth): "give the upstream a valid key; a file that holds it is read again by itself"
        default: Self.ownRecovery
        }
    }
}
