// SPDX-License-Identifier: Apache-2.0

package import Wire

/// Where a request's path leads in a dialect.
package enum CloudRoute: Equatable {
    /// Azure's older path names the deployment.
    case operation(APIOperation, deployment: String?)
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
        case ("GET", base + "/models"): self = .models
        case ("GET", "/simulator/counters"): self = .counters
        case ("POST", "/simulator/faults"): self = .setFaults
        case ("POST", "/simulator/capacity"): self = .setCapacity
        case ("POST", _):
            self =
                Self.operation(path, base: base, dialect).map { .operation($0, deployment: nil) }
                ?? (dialect == .azure ? Self.azureOperation(path, query) : nil) ?? .unknown
        default: self = .unknown
        }
    }

    /// The operation of a path below a base; Bedrock has two of them.
    private static func operation(_ path: String, base: String, _ dialect: CloudDialect) -> APIOperation? {
        guard path.hasPrefix(base) else { return nil }
        let operation = APIOperation.allCases.first { $0.path == path.dropFirst(base.count) }
        guard dialect == .bedrock, operation == .embeddings || operation == .completions else { return operation }
        return nil
    }

    /// `/openai/deployments/{d}/chat/completions`, its like, and `/openai/responses`, which Azure serves with an
    /// `api-version` only.
    private static func azureOperation(_ path: String, _ query: Substring) -> CloudRoute? {
        let hasVersion = query.split(separator: "&").contains { parameter in
            parameter.hasPrefix("api-version=") && parameter != "api-version="
        }
        guard hasVersion else { return nil }
        if path == "/openai/responses" { return .operation(.responses, deployment: nil) }
        let segments = path.split(separator: "/", maxSplits: 4, omittingEmptySubsequences: false)
        guard segments.count == 5, segments[1] == "openai", segments[2] == "deployments", !segments[3].isEmpty,
            let operation = APIOperation.allCases.first(where: { $0.path.dropFirst() == segments[4] }),
            operation != .responses
        else { return nil }
        return .operation(operation, deployment: String(segments[3]))
    }
}
