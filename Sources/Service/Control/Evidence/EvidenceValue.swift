// SPDX-License-Identifier: Apache-2.0

internal import Agreement

/// Reads the values of an order; `option` is what the command calls each.
enum EvidenceValue {
    /// An instant, as RFC 3339 writes it.
    static func instant(_ text: String, _ option: String) throws(ServiceError) -> Instant {
        guard let instant = Instant(rfc3339: text) else {
            throw ServiceError(.usage, "--\(option) is an instant such as 2026-04-27T00:00:00Z, not '\(shown(text))'.")
        }
        return instant
    }

    /// An instant, or none.
    static func optionalInstant(_ text: String?, _ option: String) throws(ServiceError) -> Instant? {
        guard let text else { return nil }
        return try instant(text, option)
    }

    /// At least one feature.
    static func features(_ names: [String]) throws(ServiceError) -> FeatureSet {
        guard !names.isEmpty else {
            throw ServiceError(.usage, "The record names at least one feature; add --feature.")
        }
        var set = FeatureSet()
        for name in names {
            guard let feature = FeatureSet(name: name) else {
                throw ServiceError(
                    .usage,
                    "There is no feature '\(shown(name))'; "
                        + "the features are \(FeatureSet.names.joined(separator: ", ")).")
            }
            set.formUnion(feature)
        }
        return set
    }

    /// Models, as many as a record may name, each once.
    static func models(_ names: [String]) throws(ServiceError) -> [String] {
        guard names.count <= EvidenceLimits.modelsMax,
            names.allSatisfy({ $0.utf8.count <= EvidenceLimits.nameBytesMax })
        else {
            throw ServiceError(
                .usage,
                "A record names at most \(EvidenceLimits.modelsMax) models of at most \(EvidenceLimits.nameBytesMax) "
                    + "bytes each; write the others into a record of their own.")
        }
        if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
            throw ServiceError(.usage, "The model '\(twice)' is named twice; name each model once.")
        }
        return names
    }

    /// A number and a unit.
    static func quantity(_ text: String, _ option: String) throws(ServiceError) -> Quantity {
        guard text.utf8.count <= EvidenceLimits.quantityBytesMax, let quantity = Quantity(text: text) else {
            throw ServiceError(
                .usage,
                "--\(option) is a number, a space and a unit, such as \"4.5 GW\" or \"1e26 FLOP\", not '\(shown(text))'."
            )
        }
        return quantity
    }

    /// A text for people, on one line.
    static func text(
        _ text: String, _ option: String, bytesMax: Int = EvidenceLimits.textBytesMax
    ) throws(ServiceError) -> String {
        guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
            throw ServiceError(.usage, "--\(option) is empty; write it.")
        }
        guard text.utf8.count <= bytesMax else {
            throw ServiceError(
                .usage, "--\(option) has \(text.utf8.count) bytes; write at most \(bytesMax), and keep the document.")
        }
        guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }) else {
            throw ServiceError(.usage, "--\(option) holds a control character; write it on one line.")
        }
        return text
    }

    /// A name of our own making: an offer's, a migration's.
    static func identifier(_ text: String, _ option: String) throws(ServiceError) -> String {
        guard ValueType<String>.isIdentifier(text) else {
            throw ServiceError(
                .usage,
                "--\(option) is a name of lower-case letters, digits and single hyphens, beginning with a letter, "
                    + "at most \(ValueLimits.identifierBytesMax) characters; '\(shown(text))' is none.")
        }
        return text
    }

    /// One of some words.
    static func word<Value>(
        _ text: String, _ option: String, among values: [Value], named name: (Value) -> String
    ) throws(ServiceError) -> Value {
        guard let value = values.first(where: { name($0) == text }) else {
            throw ServiceError(
                .usage, "--\(option) is one of \(values.map(name).joined(separator: ", ")), not '\(shown(text))'.")
        }
        return value
    }

    /// The beginning of what somebody wrote, for a message.
    static func shown(_ text: String) -> String {
        text.count <= 80 ? text : text.prefix(80) + "…"
    }
}
