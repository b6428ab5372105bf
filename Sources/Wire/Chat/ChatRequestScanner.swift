// SPDX-License-Identifier: Apache-2.0

/// Reads a chat completion request in one pass over its body, without decoding it.
///
/// The whole body is validated as JSON (RFC 8259, strict UTF-8, nesting up to ``JSONCursor/depthMax``), so that no
/// upstream can read it differently. Keys are compared after unescaping, and a key that the gateway acts on may occur
/// only once. The gateway bounds the body's size before it is here.
package struct ChatRequestScanner {
    var cursor = JSONCursor()
    var scan = ChatRequestScan(
        model: "",
        modelValue: 0..<0,
        membersStart: 0,
        features: [],
        isStateful: false,
        promptBytes: 0,
        messageCount: 0
    )
    /// One bit for each ``ChatRequestMember`` that has occurred.
    private var seen: UInt32 = 0
    var hasMessages = false
    var asksForParallelTools = false

    private init() {}

    /// Scans a request body.
    ///
    /// - Parameter bytes: the whole body.
    /// - Returns: what the gateway has to know of the request.
    /// - Throws: ``RequestProblem``, whose message and parameter are fit for an OpenAI error body.
    package static func scan(_ bytes: Span<UInt8>) throws(RequestProblem) -> ChatRequestScan {
        var scanner = ChatRequestScanner()
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
        try cursor.openObject(in: bytes)
        scan.membersStart = cursor.position
        while let key = try cursor.nextKey(in: bytes) {
            guard let member = ChatRequestMember(key, in: bytes) else {
                try cursor.skipValue(in: bytes)
                continue
            }
            let bit = UInt32(1) << UInt32(member.rawValue)
            guard seen & bit == 0 else {
                throw JSONError(.duplicateKey, at: key.range.lowerBound, field: member.field)
            }
            seen |= bit
            try read(member, in: bytes)
        }
        try cursor.finish(in: bytes)
        guard !scan.model.isEmpty else { throw JSONError(.missingKey, at: cursor.position, field: "model") }
        guard hasMessages else { throw JSONError(.missingKey, at: cursor.position, field: "messages") }
        if scan.features.contains(.tools), asksForParallelTools { scan.features.insert(.parallelTools) }
        if scan.isStreaming { scan.features.insert(.streaming) }
        if let n = scan.n, n > 1 { scan.features.insert(.n) }
    }
}
