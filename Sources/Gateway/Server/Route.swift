// SPDX-License-Identifier: Apache-2.0

internal import Wire

/// What a request line asks for.
enum Route: Equatable {
    case operation(APIOperation)
    case models
    case model(String)
    case health
    case ready
    case metrics
    /// What may be done with a path, or with the gateway as a whole.
    case options(allow: String)

    /// Whether the client must show a key.
    var needsKey: Bool {
        switch self {
        case .operation, .models, .model: true
        case .health, .ready, .metrics, .options: false
        }
    }

    /// Whether a body is read.
    var takesBody: Bool {
        if case .operation = self { true } else { false }
    }

    /// Finds the route; paths that can't be metered are refused by name.
    ///
    /// - Parameters:
    ///   - head: the head of a request.
    ///   - bytes: the bytes in which its offsets lie.
    /// - Returns: the route, or why there is none.
    static func find(_ head: HTTPHead, in bytes: Span<UInt8>) -> Result<Route, ErrorAnswer> {
        let target = head.targetRange
        let end = target.first { bytes[$0] == UInt8(ascii: "?") } ?? target.upperBound
        let path = target.lowerBound..<end
        func isPath(_ literal: StaticString) -> Bool {
            path.count == literal.utf8CodeUnitCount && bytes.holds(literal, at: path.lowerBound)
        }
        let route: Route
        if isPath("/v1/chat/completions") {
            route = .operation(.chat)
        } else if isPath("/v1/responses") {
            route = .operation(.responses)
        } else if isPath("/v1/embeddings") {
            route = .operation(.embeddings)
        } else if isPath("/v1/completions") {
            route = .operation(.completions)
        } else if isPath("/v1/models") {
            route = .models
        } else if isPath("/healthz") {
            route = .health
        } else if isPath("/readyz") {
            route = .ready
        } else if isPath("/metrics") {
            route = .metrics
        } else if path.count > 11, path.count <= 300, bytes.holds("/v1/models/", at: path.lowerBound) {
            route = .model(bytes.text(path.lowerBound + 11..<end))
        } else {
            let shown = path.prefix(200)
            if head.method == .options, isPath("*") { return .success(.options(allow: "GET, HEAD, POST, OPTIONS")) }
            return .failure(
                .invalidRequest(
                    "\(bytes.text(head.methodRange)) \(bytes.text(shown.startIndex..<shown.endIndex)) is not served by "
                        + "this gateway: what it can't meter it does not pass on.",
                    code: "not_implemented", status: 501))
        }
        let takesPost = route.takesBody
        if head.method == (takesPost ? .post : .get) || head.method == .head && !takesPost { return .success(route) }
        let allow = takesPost ? "POST, OPTIONS" : "GET, HEAD, OPTIONS"
        if head.method == .options { return .success(.options(allow: allow)) }
        var error = ErrorAnswer.invalidRequest(
            "\(bytes.text(path)) takes \(takesPost ? "POST" : "GET"), not \(bytes.text(head.methodRange)).",
            code: "method_not_allowed", status: 405)
        error.allow = allow
        return .failure(error)
    }
}

extension Span where Element == UInt8 {
    /// Bytes as text; what is not UTF-8 is replaced.
    func text(_ range: Range<Int>) -> String {
        unsafe extracting(range).withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }
}

extension ErrorAnswer: Error {}
