// SPDX-License-Identifier: Apache-2.0

extension RequestScanner {
    /// Reads the value of one top-level member; the cursor stands before it.
    mutating func read(_ member: RequestMember, in bytes: Span<UInt8>) throws(JSONError) {
        let kind = try cursor.peekKind(in: bytes)
        if kind == .null, member != .streamOptions {
            _ = try cursor.literal(kind, in: bytes)
            return
        }
        switch member {
        case .model: try readModel(kind, in: bytes)
        case .messages: try readMessages(kind, in: bytes)
        case .stream: scan.stream = try bool(kind, field: member.field, in: bytes)
        case .streamOptions: try readStreamOptions(kind, in: bytes)
        case .maxTokens, .maxOutputTokens: scan.maxTokens = try integer(kind, field: member.field, in: bytes)
        case .maxCompletionTokens: scan.maxCompletionTokens = try integer(kind, field: member.field, in: bytes)
        case .n, .bestOf: scan.n = max(scan.n ?? 0, try integer(kind, field: member.field, in: bytes))
        case .store:
            // Whatever is not plainly false is taken to leave state, for that is the narrower surface.
            if try isAsserted(kind, in: bytes) { scan.isStateful = true } else { declinesStore = true }
        case .previousResponseID:
            scan.boundState.insert(.previousResponse)
            if let id = try stringOrSkip(in: bytes) { refer(to: id) }
        case .conversation:
            scan.boundState.insert(.conversation)
            try readConversation(kind, in: bytes)
        case .tools where scan.operation == .responses: try readTools(kind, in: bytes)
        case .tools, .functions:
            if try isAsserted(kind, in: bytes) { scan.features.insert(.tools) }
        case .parallelToolCalls: asksForParallelTools = try isAsserted(kind, in: bytes)
        case .responseFormat: try readFormat(kind, field: member.field, type: "response_format.type", in: bytes)
        case .modalities: try readModalities(kind, in: bytes)
        case .audio:
            scan.features.insert(.audioOut)
            try cursor.skipValue(in: bytes)
        case .logprobs, .topLogprobs:
            if try isAsserted(kind, in: bytes) { scan.features.insert(.logprobs) }
        case .reasoningEffort, .reasoning:
            scan.features.insert(.reasoning)
            try cursor.skipValue(in: bytes)
        case .promptCacheKey: try readAffinity(.promptCacheKey, in: bytes)
        case .safetyIdentifier: try readAffinity(.safetyIdentifier, in: bytes)
        case .user: try readAffinity(.user, in: bytes)
        case .input: try readInput(kind, in: bytes)
        case .prompt: try readPrompt(kind, in: bytes)
        case .instructions: scan.promptBytes += try stringOrSkip(in: bytes)?.unescapedCount ?? 0
        case .background:
            let start = cursor.position
            guard try !isAsserted(kind, in: bytes) else {
                throw JSONError(.notMetered, at: start, field: member.field)
            }
        case .text: try readText(kind, in: bytes)
        case .include: try readInclude(kind, in: bytes)
        }
    }

    private mutating func readModel(_ kind: JSONKind, in bytes: Span<UInt8>) throws(JSONError) {
        let start = cursor.position
        guard kind == .string else { throw JSONError(.notAString, at: start, field: "model") }
        let text = try cursor.string(in: bytes)
        guard text.unescapedCount > 0 else { throw JSONError(.emptyString, at: start, field: "model") }
        guard text.unescapedCount <= RequestScan.modelBytesMax else {
            throw JSONError(.stringTooLong, at: start, field: "model")
        }
        guard let model = text.string(in: bytes) else {
            throw JSONError(.invalidUnicode, at: start, field: "model")
        }
        scan.model = model
        scan.modelValue = start..<cursor.position
    }

    private mutating func readStreamOptions(_ kind: JSONKind, in bytes: Span<UInt8>) throws(JSONError) {
        let start = cursor.position
        var options = StreamOptionsScan(value: start..<start, isNull: kind == .null, isEmpty: true)
        if kind == .null {
            options.value = try cursor.literal(kind, in: bytes)
            scan.streamOptions = options
            return
        }
        guard kind == .object else { throw JSONError(.notAnObject, at: start, field: "stream_options") }
        try cursor.openObject(in: bytes)
        while let key = try cursor.nextKey(in: bytes) {
            options.isEmpty = false
            guard key.equals("include_usage", in: bytes) else {
                try cursor.skipValue(in: bytes)
                continue
            }
            let field: JSONField = "stream_options.include_usage"
            guard options.includeUsageValue == nil else {
                throw JSONError(.duplicateKey, at: key.range.lowerBound, field: field)
            }
            let value = try cursor.peekKind(in: bytes)
            let valueStart = cursor.position
            if value == .null {
                _ = try cursor.literal(value, in: bytes)
            } else {
                options.includeUsage = try bool(value, field: field, in: bytes)
            }
            options.includeUsageValue = valueStart..<cursor.position
        }
        options.value = start..<cursor.position
        scan.streamOptions = options
    }

    /// Reads `response_format`, or `text.format` of a response.
    mutating func readFormat(
        _ kind: JSONKind,
        field: JSONField,
        type: JSONField,
        in bytes: Span<UInt8>
    ) throws(JSONError) {
        guard kind == .object else {
            throw JSONError(.notAnObject, at: cursor.position, field: field)
        }
        try cursor.openObject(in: bytes)
        var hasType = false
        while let key = try cursor.nextKey(in: bytes) {
            guard key.equals("type", in: bytes) else {
                try cursor.skipValue(in: bytes)
                continue
            }
            guard !hasType else {
                throw JSONError(.duplicateKey, at: key.range.lowerBound, field: type)
            }
            hasType = true
            if let type = try stringOrSkip(in: bytes), type.equals("json_schema", in: bytes) {
                scan.features.insert(.jsonSchema)
            }
        }
    }

    private mutating func readModalities(_ kind: JSONKind, in bytes: Span<UInt8>) throws(JSONError) {
        guard kind == .array else { throw JSONError(.notAnArray, at: cursor.position, field: "modalities") }
        try cursor.openArray(in: bytes)
        while try cursor.nextElement(in: bytes) {
            if let modality = try stringOrSkip(in: bytes), modality.equals("audio", in: bytes) {
                scan.features.insert(.audioOut)
            }
        }
    }

    /// Reads the value at the cursor if it is a string and walks over it otherwise.
    mutating func stringOrSkip(in bytes: Span<UInt8>) throws(JSONError) -> JSONText? {
        if try cursor.peekKind(in: bytes) == .string { return try cursor.string(in: bytes) }
        try cursor.skipValue(in: bytes)
        return nil
    }

    /// Walks over a value and says whether it asks for something: is more than false, zero or an empty array.
    mutating func isAsserted(_ kind: JSONKind, in bytes: Span<UInt8>) throws(JSONError) -> Bool {
        switch kind {
        case .false:
            _ = try cursor.literal(kind, in: bytes)
            return false
        case .number:
            let text = try cursor.number(in: bytes)
            return JSONCursor.integer(text, in: bytes) != 0
        case .array:
            try cursor.openArray(in: bytes)
            var isEmpty = true
            while try cursor.nextElement(in: bytes) {
                isEmpty = false
                try cursor.skipValue(in: bytes)
            }
            return !isEmpty
        default:
            try cursor.skipValue(in: bytes)
            return true
        }
    }

    private mutating func bool(
        _ kind: JSONKind,
        field: JSONField,
        in bytes: Span<UInt8>
    ) throws(JSONError) -> Bool {
        guard kind == .true || kind == .false else {
            throw JSONError(.notABoolean, at: cursor.position, field: field)
        }
        _ = try cursor.literal(kind, in: bytes)
        return kind == .true
    }

    private mutating func integer(
        _ kind: JSONKind,
        field: JSONField,
        in bytes: Span<UInt8>
    ) throws(JSONError) -> Int {
        let start = cursor.position
        guard kind == .number else { throw JSONError(.notAnInteger, at: start, field: field) }
        // Nearly every number is written like this, and has fewer digits than the largest one.
        if let value = cursor.plainInteger(in: bytes, digitsMax: 9) { return value }
        let text = try cursor.number(in: bytes)
        guard let value = JSONCursor.integer(text, in: bytes) else {
            throw JSONError(.notAnInteger, at: start, field: field)
        }
        guard value >= 0, value <= Int64(Int32.max) else {
            throw JSONError(.integerOutOfRange, at: start, field: field)
        }
        return Int(value)
    }
}
