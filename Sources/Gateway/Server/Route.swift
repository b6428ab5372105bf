// SPDX-License-Identifier: Apache-2.0

internal import NIOHTTP1

/// What a request line asks for.
enum Route: Equatable {
    case chat
    case models
    case model(String)
    case health
    case ready
    case metrics

    /// Whether the client must show a key.
    var needsKey: Bool {
        switch self {
        case .chat, .models, .model: true
        case .health, .ready, .metrics: false
        }
    }

    /// Whether a body is read.
    var takesBody: Bool { self == .chat }

    /// Finds the route; paths that can't be metered are refused by name.
    static func find(method: HTTPMethod, uri: String) -> Result<Route, ErrorAnswer> {
        let path = uri.prefix { $0 != "?" && $0 != "#" }
        let route: Route
        switch path {
        case "/v1/chat/completions": route = .chat
        case "/v1/models": route = .models
        case "/healthz": route = .health
        case "/readyz": route = .ready
        case "/metrics": route = .metrics
        default:
            guard path.hasPrefix("/v1/models/"), path.utf8.count <= 300 else {
                return .failure(
                    .invalidRequest(
                        "\(method.rawValue) \(path.prefix(200)) is not served by this gateway: what it can't meter it does not pass on.",
                        code: "not_implemented", status: 501))
            }
            route = .model(String(path.dropFirst("/v1/models/".count)))
        }
        let isRight = route == .chat ? method == .POST : method == .GET || (method == .HEAD && !route.needsKey)
        guard isRight else {
            return .failure(
                .invalidRequest(
                    "\(path) takes \(route == .chat ? "POST" : "GET"), not \(method.rawValue).",
                    code: "method_not_allowed", status: 405))
        }
        return .success(route)
    }
}

extension ErrorAnswer: Error {}
