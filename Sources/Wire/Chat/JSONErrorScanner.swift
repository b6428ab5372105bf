// SPDX-License-Identifier: Apache-2.0

/// Reads the error body of an upstream, or the payload of an error event; tolerant of anything.
package struct JSONErrorScanner {
    private var cursor = JSONCursor()
    private var scan = JSONErrorScan()
    private var hasReadNested = false

    private init() {}

    /// Scans an error body.
    ///
    /// Bytes beyond ``JSONErrorScan/bodyBytesMax`` are not read.
    package static func scan(_ bytes: Span<UInt8>) -> JSONErrorScan {
        var scanner = JSONErrorScanner()
        let body = bytes.extracting(first: JSONErrorScan.bodyBytesMax)
        do {
            try scanner.readObject(isRoot: true, in: body)
        } catch {
            // Not JSON, or cut: what has been read so far stands.
        }
        var fingerprint = MessageFingerprint()
        if let message = scanner.scan.message {
            fingerprint.add(message.utf8.span)
        } else {
            fingerprint.add(body.extracting(first: JSONErrorScan.messageBytesMax))
        }
        scanner.scan.messageFingerprint = fingerprint.value
        return scanner.scan
    }

    private mutating func readObject(isRoot: Bool, in bytes: Span<UInt8>) throws(JSONError) {
        try cursor.openObject(in: bytes)
        while let key = try cursor.nextKey(in: bytes) {
            let kind = try cursor.peekKind(in: bytes)
            if isRoot, key.equals("error", in: bytes), kind == .object {
                // Its members win over any at the top that came before.
                scan = JSONErrorScan()
                scan.hasErrorObject = true
                hasReadNested = true
                try readObject(isRoot: false, in: bytes)
            } else if isRoot, hasReadNested {
                try cursor.skipValue(in: bytes)
            } else {
                try readMember(key, kind, isRoot: isRoot, in: bytes)
            }
        }
    }

    private mutating func readMember(
        _ key: JSONText,
        _ kind: JSONKind,
        isRoot: Bool,
        in bytes: Span<UInt8>
    ) throws(JSONError) {
        if key.equals("type", in: bytes) {
            scan.type = try text(kind, bytesMax: JSONErrorScan.codeBytesMax, in: bytes)
        } else if key.equals("code", in: bytes) {
            scan.code = try text(kind, bytesMax: JSONErrorScan.codeBytesMax, in: bytes)
        } else if key.equals("message", in: bytes) || key.equals("Message", in: bytes) {
            scan.message = try text(kind, bytesMax: JSONErrorScan.messageBytesMax, in: bytes)
        } else if key.equals("__type", in: bytes) {
            scan.awsType = try text(kind, bytesMax: JSONErrorScan.codeBytesMax, in: bytes)
        } else if key.equals("innererror", in: bytes), kind == .object {
            try readInnerError(in: bytes)
        } else if isRoot, key.equals("error", in: bytes), kind == .string {
            scan.message = try text(kind, bytesMax: JSONErrorScan.messageBytesMax, in: bytes)
        } else if isRoot, key.equals("object", in: bytes), kind == .string {
            scan.hasErrorObject = try cursor.string(in: bytes).equals("error", in: bytes) || scan.hasErrorObject
        } else {
            try cursor.skipValue(in: bytes)
        }
    }

    private mutating func readInnerError(in bytes: Span<UInt8>) throws(JSONError) {
        try cursor.openObject(in: bytes)
        while let key = try cursor.nextKey(in: bytes) {
            if key.equals("code", in: bytes) {
                let kind = try cursor.peekKind(in: bytes)
                scan.innerCode = try text(kind, bytesMax: JSONErrorScan.codeBytesMax, in: bytes)
            } else {
                try cursor.skipValue(in: bytes)
            }
        }
    }

    /// The text of a string or number; nil for any other value, which is passed over.
    private mutating func text(
        _ kind: JSONKind,
        bytesMax: Int,
        in bytes: Span<UInt8>
    ) throws(JSONError) -> String? {
        switch kind {
        case .string:
            return try cursor.string(in: bytes).string(in: bytes, bytesMax: bytesMax)
        case .number:
            let range = try cursor.number(in: bytes)
            return JSONText(range: range, unescapedCount: range.count).string(in: bytes, bytesMax: bytesMax)
        default:
            try cursor.skipValue(in: bytes)
            return nil
        }
    }
}
