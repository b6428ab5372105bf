// SPDX-License-Identifier: Apache-2.0

/// Where a request's path leads in a dialect.
package enum CloudRoute: Equatable {
    /// Chat completions; Azure's older path names the deployment.
    case chat(deployment: String?)
    case models
    case counters
    case setFaults
    case setCapacity
    case unknown

    /// Reads a request line's method and target, query included.
    package init(method: String, uri: String, dialect: CloudDialect) {
        let parts = uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = String(parts.first ?? "")
        let query = parts.count > 1 ? parts[1] : ""
        let base = dialect == .azure || dialect == .bedrock ? "/openai/v1" : "/v1"
        switch (method, path) {
        case ("POST", base + "/chat/completions"): self = .chat(deployment: nil)
        case ("GET", base + "/models"): self = .models
        case ("GET", "/simulator/counters"): self = .counters
        case ("POST", "/simulator/faults"): self = .setFaults
        case ("POST", "/simulator/capacity"): self = .setCapacity
        case ("POST", _) where dialect == .azure:
            self = Self.azureDeployment(path, query).map { .chat(deployment: $0) } ?? .unknown
        default: self = .unknown
        }
    }

    /// The deployment of `/openai/deployments/{d}/chat/completions`, which Azure serves with an `api-version` only.
    private static func azureDeployment(_ path: String, _ query: Substring) -> String? {
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        guard segments.count == 6, segments[1] == "openai", segments[2] == "deployments", segments[4] == "chat",
            segments[5] == "completions", !segments[3].isEmpty
        else { return nil }
        let hasVersion = query.split(separator: "&").contains { parameter in
            parameter.hasPrefix("api-version=") && parameter != "api-version="
        }
        return hasVersion ? String(segments[3]) : nil
    }
}
