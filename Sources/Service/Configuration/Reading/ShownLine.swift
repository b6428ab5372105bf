// SPDX-License-Identifier: Apache-2.0

internal import Agreement

/// How much of a line a diagnostic may show: keys, and the values that can't be secrets where they stand.
///
/// It is decided line by line and without the file's structure, because a file that is wrong may have none. What is not
/// known to be harmless is hidden to the end of the line.
struct ShownLine {
    /// Keys whose values are names, paths and addresses; these may be long and hold digits.
    private static let keysOfNames: Set<String> = [
        "upstream", "cloud", "account", "region", "model", "publisher", "upstream_model", "api_version", "ca_file",
        "data", "folder", "files", "listen", "capacity_offer", "address", "certificate",
    ]
    /// The other keys, whose values are words, numbers and sizes.
    private static let keysOfWords: Set<String> = [
        "threads", "durability", "on_ledger_loss", "provider", "authentication", "organization", "project",
        "lane", "without", "rank", "tokens_per_minute", "request_body", "connections", "requests", "head", "body_idle",
        "body", "idle", "write_stall", "connect", "answer", "answer_idle", "upstream_idle", "hold", "progress",
        "drain", "file", "price", "input", "cached_input", "output", "bodies", "memory",
        "body_rate",
        "retry_percent", "retries_per_second", "retry_burst", "failures", "rest", "rest_max",
        "account_faults", "account_rest", "account_rest_max", "first_token", "stream_rate", "answer_rate",
        "rate_window",
    ]
    /// A longer value of words, or of an unknown key, is hidden.
    private static let wordsCharactersMax = 24

    private let line: [Character]

    init(_ line: String) {
        self.line = Array(line)
    }

    /// Where the hidden part begins, in Unicode scalars; `nil` where all may be shown.
    func hiddenFrom() -> Int? {
        var position = 0
        while position < line.count {
            let character = line[position]
            if " {}[],".contains(character) || character == "-" && isSpace(position + 1) {
                position += 1
            } else if character == "#" {
                return isHarmless(line[position...], charactersMax: .max) ? nil : scalars(before: position)
            } else if let key = key(at: position) {
                position = line[key.end...].firstIndex { $0 != " " } ?? line.endIndex
                guard position < line.count, !"{[#".contains(line[position]) else { continue }
                guard let end = valueEnd(at: position), isShown(line[position..<end], of: key.name) else {
                    return scalars(before: position)
                }
                position = end
            } else {
                guard let end = valueEnd(at: position), isItem(line[position..<end]) else {
                    return scalars(before: position)
                }
                position = end
            }
        }
        return nil
    }

    /// The key at a position, with or without quotes, and the position behind its colon.
    private func key(at start: Int) -> (name: String, end: Int)? {
        let quotes = line[start...].prefix { $0 == "\"" || $0 == "'" }
        let name = line[quotes.endIndex...].prefix(while: isWordCharacter)
        let colon = name.endIndex + quotes.count
        guard !name.isEmpty, colon < line.count, line[colon] == ":", isSpace(colon + 1) else { return nil }
        return (String(name), colon + 1)
    }

    /// Where the value at a position ends; `nil` for a quote that stays open.
    private func valueEnd(at start: Int) -> Int? {
        if line[start] == "\"" || line[start] == "'" {
            return line[(start + 1)...].firstIndex(of: line[start]).map { $0 + 1 }
        }
        return line.indices[start...].first { index in
            ",}]".contains(line[index]) || line[index] == "#" && isSpace(index - 1)
        } ?? line.endIndex
    }

    /// Whether the value of a key may be shown.
    private func isShown(_ value: ArraySlice<Character>, of key: String) -> Bool {
        let text = trimmed(value)
        let isOneWord = !text.contains(" ")
        switch key {
        case "env": return SecretMask.isVariable(text)
        case "url": return isOneWord && !text.contains { "@?#".contains($0) }
        case _ where Self.keysOfNames.contains(key) && isOneWord: return true
        case _ where Self.keysOfNames.contains(key) || Self.keysOfWords.contains(key):
            return isHarmless(value, charactersMax: Self.wordsCharactersMax)
        default:
            return !SecretMask.isSecretName(key) && isOneWord && text.count <= 12
                && text.allSatisfy { $0.isASCII && $0.isLowercase }
        }
    }

    /// Whether a value without a key may be shown: a feature, a kind of evidence or the file of an agreement.
    private func isItem(_ value: ArraySlice<Character>) -> Bool {
        let text = trimmed(value)
        return FeatureSet.names.contains(text) || PeopleEvidence.Kind.allCases.contains { $0.name == text }
            || !text.contains(" ") && text.hasSuffix(".yaml")
            || isHarmless(value, charactersMax: 12) && text.allSatisfy { $0.isLetter }
    }

    /// Whether no word of a text looks like a key, or like the name of one.
    private func isHarmless(_ text: ArraySlice<Character>, charactersMax: Int) -> Bool {
        guard text.count <= charactersMax else { return false }
        return text.split(separator: " ").allSatisfy { word in
            let isRandom = word.count >= 16 && word.contains { $0.isNumber }
            return !isRandom && (word.count == text.count || !SecretMask.isSecretName(String(word)))
        }
    }

    private func trimmed(_ value: ArraySlice<Character>) -> String {
        let text = value.filter { $0 != "\"" && $0 != "'" }
        return String(text.reversed().drop { $0 == " " }.reversed())
    }

    private func isSpace(_ index: Int) -> Bool {
        !line.indices.contains(index) || line[index] == " "
    }

    private func isWordCharacter(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "_-.".contains(character))
    }

    private func scalars(before position: Int) -> Int {
        line[..<position].reduce(0) { $0 + $1.unicodeScalars.count }
    }
}
