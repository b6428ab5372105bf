// SPDX-License-Identifier: Apache-2.0

/// Reads a request of one operation in one pass over its body, without decoding it.
///
/// The whole body is validated as JSON (RFC 8259, strict UTF-8, nesting up to ``JSONCursor/depthMax``), so that no
/// upstream can read it differently. Keys are compared after unescaping, and a key that the gateway acts on may occur
/// only once. The gateway bounds the body's size before it is here.
package struct RequestScanner {
    var cursor = JSONCursor()
    var scan: RequestScan
    /// One bit for each ``RequestMember`` that has occurred.
    private var seen: UInt32 = 0
    var hasPrompt = false
    var asksForParallelTools = false
    /// Whether the request says that its answer shall not be kept.
    var declinesStore = false

    private init(_ operation: APIOperation) {
        scan = RequestScan(
            operation: operation,
            model: "",
            modelValue: 0..<0,
            membersStart: 0,
            features: [],
            isStateful: false,
            promptBytes: 0,
            messageCount: 0
        )
    }

    /// Scans a request body.
    ///
    /// - Parameters:
    ///   - bytes: the whole body.
    ///   - operation: what the request's path asks for.
    /// - Returns: what the gateway has to know of the request.
    /// - Throws: ``RequestProblem``, whose message and parameter are fit for an OpenAI error body.
    package static func scan(
        _ bytes: Span<UInt8>,
        as operation: APIOperation = .chat
    ) throws(RequestProblem) -> RequestScan {
        var scanner = RequestScanner(operation)
        do {
            try scanner.readRoot(in: bytes)
        } catch {
            throw RequestProblem(error)
        }
        return scanner.scan
    }

    private mutating func readRoot(in bytes: Span<UInt8>) throws(JSONError) {
        guard try cursor.peekKind(in: bytes) == .object else {
            // Malformed bytes are reported as such, whatever their kind.
            try JSONCursor.validate(bytes)
            throw JSONError(.notAnObject, at: cursor.position)
        }
        let members = RequestMember.read(by: scan.operation)
        try cursor.openObject(in: bytes)
        scan.membersStart = cursor.position
        while let key = try cursor.nextKey(in: bytes) {
            guard let member = RequestMember(key, of: members, in: bytes) else {
                try cursor.skipValue(in: bytes)
                continue
            }
            guard seen & member.bit == 0 else {
                throw JSONError(.duplicateKey, at: key.range.lowerBound, field: member.field)
            }
            seen |= member.bit
            try read(member, in: bytes)
        }
        try cursor.finish(in: bytes)
        try finish()
    }

    /// Requires what must be there, and draws what follows from several members.
    private mutating func finish() throws(JSONError) {
        guard !scan.model.isEmpty else { throw JSONError(.missingKey, at: cursor.position, field: "model") }
        switch scan.operation {
        case .chat:
            guard hasPrompt else { throw JSONError(.missingKey, at: cursor.position, field: "messages") }
        case .embeddings:
            guard hasPrompt else { throw JSONError(.missingKey, at: cursor.position, field: "input") }
        case .responses:
            // A response is kept unless the request says otherwise.
            if !declinesStore { scan.isStateful = true }
        case .completions: break
        }
        if !scan.boundState.isEmpty { scan.isStateful = true }
        if scan.features.contains(.tools), asksForParallelTools { scan.features.insert(.parallelTools) }
        if scan.isStreaming { scan.features.insert(.streaming) }
        if let n = scan.n, n > 1 { scan.features.insert(.n) }
    }
}
