// SPDX-License-Identifier: Apache-2.0

// What the operations other than chat completions have for a prompt.
extension RequestScanner {
    /// Reads `input`: the text or items of a response, or what shall be embedded.
    mutating func readInput(_ kind: JSONKind, in bytes: Span<UInt8>) throws(JSONError) {
        hasPrompt = true
        guard scan.operation == .responses, kind == .array else {
            return try readTexts(kind, in: bytes)
        }
        try cursor.openArray(in: bytes)
        while try cursor.nextElement(in: bytes) {
            scan.messageCount += 1
            try readItem(in: bytes)
        }
    }

    /// Reads `prompt`: the text of a completion, or the name of a prompt that the provider keeps.
    mutating func readPrompt(_ kind: JSONKind, in bytes: Span<UInt8>) throws(JSONError) {
        guard scan.operation == .responses else { return try readTexts(kind, in: bytes) }
        scan.boundState.insert(.storedPrompt)
        try cursor.skipValue(in: bytes)
    }

    /// Reads `text` of a response, for the form that it asks for.
    mutating func readText(_ kind: JSONKind, in bytes: Span<UInt8>) throws(JSONError) {
        guard kind == .object else { throw JSONError(.notAnObject, at: cursor.position, field: "text") }
        var hasFormat = false
        try cursor.openObject(in: bytes)
        while let key = try cursor.nextKey(in: bytes) {
            let value = try cursor.peekKind(in: bytes)
            guard key.equals("format", in: bytes), value != .null else {
                try cursor.skipValue(in: bytes)
                continue
            }
            guard !hasFormat else {
                throw JSONError(.duplicateKey, at: key.range.lowerBound, field: "text.format")
            }
            hasFormat = true
            try readFormat(value, field: "text.format", type: "text.format.type", in: bytes)
        }
    }

    /// Reads `include` of a response, for what it adds to the answer.
    mutating func readInclude(_ kind: JSONKind, in bytes: Span<UInt8>) throws(JSONError) {
        guard kind == .array else { throw JSONError(.notAnArray, at: cursor.position, field: "include") }
        try cursor.openArray(in: bytes)
        while try cursor.nextElement(in: bytes) {
            if let part = try stringOrSkip(in: bytes), part.equals("message.output_text.logprobs", in: bytes) {
                scan.features.insert(.logprobs)
            }
        }
    }

    /// Reads the tools of a response: some of them look into stores of the provider.
    mutating func readTools(_ kind: JSONKind, in bytes: Span<UInt8>) throws(JSONError) {
        guard kind == .array else { throw JSONError(.notAnArray, at: cursor.position, field: "tools") }
        try cursor.openArray(in: bytes)
        while try cursor.nextElement(in: bytes) {
            scan.features.insert(.tools)
            try readTool(in: bytes)
        }
    }

    /// Reads one tool, or the container of one.
    private mutating func readTool(in bytes: Span<UInt8>) throws(JSONError) {
        guard try cursor.peekKind(in: bytes) == .object else {
            try cursor.skipValue(in: bytes)
            return
        }
        try cursor.openObject(in: bytes)
        while let key = try cursor.nextKey(in: bytes) {
            let value = try cursor.peekKind(in: bytes)
            if key.equals("vector_store_ids", in: bytes) || key.equals("file_ids", in: bytes) {
                if value != .null, try isAsserted(value, in: bytes) { scan.boundState.insert(.files) }
            } else if key.equals("container", in: bytes), value == .object {
                try readTool(in: bytes)
            } else if key.equals("container", in: bytes), value == .string {
                scan.boundState.insert(.files)
                try cursor.skipValue(in: bytes)
            } else {
                try cursor.skipValue(in: bytes)
            }
        }
    }

    /// Counts a text or a list of them; a number stands for one token.
    private mutating func readTexts(_ kind: JSONKind, in bytes: Span<UInt8>) throws(JSONError) {
        guard kind == .array else { return try countText(kind, in: bytes) }
        var prompts = 0
        var hasTokens = false
        defer { scan.promptCount = max(1, prompts + (hasTokens ? 1 : 0)) }
        try cursor.openArray(in: bytes)
        while try cursor.nextElement(in: bytes) {
            scan.messageCount += 1
            let element = try cursor.peekKind(in: bytes)
            if element == .number { hasTokens = true } else { prompts += 1 }
            guard element == .array else {
                try countText(element, in: bytes)
                continue
            }
            try cursor.openArray(in: bytes)
            while try cursor.nextElement(in: bytes) { try countText(try cursor.peekKind(in: bytes), in: bytes) }
        }
    }

    private mutating func countText(_ kind: JSONKind, in bytes: Span<UInt8>) throws(JSONError) {
        switch kind {
        case .string: scan.promptBytes += try cursor.string(in: bytes).unescapedCount
        case .number:
            _ = try cursor.number(in: bytes)
            scan.promptBytes += 4
        default: try cursor.skipValue(in: bytes)
        }
    }
}

// Items of a response.
extension RequestScanner {
    /// Keeps what names state at a provider.
    mutating func refer(to text: JSONText) {
        guard text.unescapedCount > 0 else { return }
        if scan.references.count == RequestScan.referencesMax { scan.references.removeFirst() }
        scan.references.append(text)
    }

    private mutating func readItem(in bytes: Span<UInt8>) throws(JSONError) {
        guard try cursor.peekKind(in: bytes) == .object else {
            try cursor.skipValue(in: bytes)
            return
        }
        var id: JSONText?
        var isTyped = false
        var isNamedOnly = true
        var isReasoning = false
        var isEncrypted = false
        try cursor.openObject(in: bytes)
        while let key = try cursor.nextKey(in: bytes) {
            let kind = try cursor.peekKind(in: bytes)
            if key.equals("type", in: bytes), kind == .string {
                let type = try cursor.string(in: bytes)
                isTyped = true
                // A type that is given twice counts twice, so that neither reading hides what it is.
                if type.equals("item_reference", in: bytes) { scan.boundState.insert(.storedItems) }
                if type.equals("reasoning", in: bytes) { isReasoning = true }
            } else if key.equals("id", in: bytes), kind == .string {
                id = try cursor.string(in: bytes)
            } else if key.equals("encrypted_content", in: bytes), kind == .string {
                let text = try cursor.string(in: bytes)
                guard text.unescapedCount > 0 else { continue }
                isEncrypted = true
                scan.boundState.insert(.encryptedItems)
                refer(to: text)
            } else if key.equals("container_id", in: bytes), kind == .string {
                scan.boundState.insert(.files)
                try cursor.skipValue(in: bytes)
            } else if key.equals("content", in: bytes) || key.equals("output", in: bytes) {
                isNamedOnly = false
                if kind == .object { try readPart(in: bytes) } else { try readContent(in: bytes) }
            } else if key.equals("arguments", in: bytes), kind == .string {
                scan.promptBytes += try cursor.string(in: bytes).unescapedCount
            } else {
                try cursor.skipValue(in: bytes)
            }
        }
        guard let id else { return }
        // An item of which nothing but its name is sent lies at the provider.
        if isReasoning && !isEncrypted || !isTyped && isNamedOnly { scan.boundState.insert(.storedItems) }
        if isReasoning || scan.boundState.contains(.storedItems) { refer(to: id) }
    }
}
