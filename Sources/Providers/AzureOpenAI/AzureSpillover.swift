// SPDX-License-Identifier: Apache-2.0

/// The marks of Azure's own spillover from provisioned to standard deployments.
///
/// It moves the request within one Azure resource, so it changes the meter and never the cloud. The documentation
/// writes the deployment's name into the header's name, clients in the wild use the literal `deployment`, and some look
/// for `x-ms-is-spilled-over`: all are accepted.
/// Source: Azure OpenAI, "Manage traffic with spillover for provisioned deployments".
package enum AzureSpillover {
    /// The lane that served an answer.
    package static func servedLane(kind: ProviderKind, headers: some HeaderLookup) -> ServedLane {
        guard kind.isAzure else { return .addressed }
        // With this header the spilled request failed too, and the answer is the provisioned deployment's own.
        guard headers.first(name: "x-ms-spillover-error") == nil else { return .addressed }
        if headers.hasName(beginningWith: "x-ms-spillover-from-") { return .onDemand }
        return headers.first(name: "x-ms-is-spilled-over") == "true" ? .onDemand : .addressed
    }
}
