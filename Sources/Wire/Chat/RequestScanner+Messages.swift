// SPDX-License-Identifier: Apache-2.0

extension RequestScanner {
    /// Counts the text of the messages and notes what else they hold.
    mutating func readMessages(_ kind: JSONKind, in bytes: Span<UInt8>) throws(JSONError) {
        guard kind == .array else { throw JSONError(.notAnArray, at: cursor.position, field: "messages") }
        hasPrompt = true
        try cursor.openArray(in: bytes)
        while try cursor.nextElement(in: bytes) {
            scan.messageCount += 1
            // What a message must hold is the provider's to say; here only its text and parts count.
            guard try cursor.peekKind(in: bytes) == .object else {
                try cursor.skipValue(in: bytes)
                continue
            }
            try cursor.openObject(in: bytes)
            while let key = try cursor.nextKey(in: bytes) {
                if key.equals("content", in: bytes) {
                    try readContent(in: bytes)
                } else if key.equals("audio", in: bytes), try cursor.peekKind(in: bytes) == .object {
                    // What the model said before, by the name that the provider gave it.
                    scan.boundState.insert(.storedItems)
                    try cursor.skipValue(in: bytes)
                } else {
                    try cursor.skipValue(in: bytes)
                }
            }
        }
    }

    /// Counts the text of a message or item, and notes what its parts are.
    mutating func readContent(in bytes: Span<UInt8>) throws(JSONError) {
        switch try cursor.peekKind(in: bytes) {
        case .string: scan.promptBytes += try cursor.string(in: bytes).unescapedCount
        case .array:
            try cursor.openArray(in: bytes)
            while try cursor.nextElement(in: bytes) {
                try readPart(in: bytes)
            }
        default: try cursor.skipValue(in: bytes)
        }
    }

    mutating func readPart(in bytes: Span<UInt8>) throws(JSONError) {
        guard try cursor.peekKind(in: bytes) == .object else {
            try cursor.skipValue(in: bytes)
            return
        }
        try cursor.openObject(in: bytes)
        while let key = try cursor.nextKey(in: bytes) {
            if key.equals("type", in: bytes) {
                // A type that is given twice counts twice, so that neither reading hides a feature.
                guard let type = try stringOrSkip(in: bytes) else { continue }
                if type.equals("image_url", in: bytes) || type.equals("input_image", in: bytes) {
                    scan.features.insert(.vision)
                } else if type.equals("input_audio", in: bytes) {
                    scan.features.insert(.audioIn)
                }
            } else if key.equals("text", in: bytes) {
                scan.promptBytes += try stringOrSkip(in: bytes)?.unescapedCount ?? 0
            } else if key.equals("file_id", in: bytes) {
                if try stringOrSkip(in: bytes) != nil { scan.boundState.insert(.files) }
            } else if key.equals("file", in: bytes), try cursor.peekKind(in: bytes) == .object {
                try readPart(in: bytes)
            } else {
                try cursor.skipValue(in: bytes)
            }
        }
    }
}
