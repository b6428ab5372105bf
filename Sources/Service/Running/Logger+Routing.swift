// SPDX-License-Identifier: Apache-2.0

internal import Gateway
internal import Logging

extension Logger {
    /// Says that a deployment or an account does not work, or works again.
    func log(_ notice: RoutingNotice) {
        var metadata: Logger.Metadata = ["subject": "\(notice.subject)"]
        if !notice.signal.isEmpty { metadata["signal"] = "\(notice.signal)" }
        if notice.status != 0 { metadata["status"] = "\(notice.status)" }
        switch notice.event {
        case .deploymentRests: warning("a deployment fails and rests", metadata: metadata)
        case .deploymentWorks: self.notice("a deployment works again", metadata: metadata)
        case .accountRests: error("a provider refuses the account", metadata: metadata)
        case .accountWorks: self.notice("a provider takes the account again", metadata: metadata)
        }
    }
}
