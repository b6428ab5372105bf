// SPDX-License-Identifier: Apache-2.0

extension Condition {
    /// The requests that meet the condition, such as "requests whose product is batch".
    var words: String {
        self == .always ? "all requests" : "requests " + phrase
    }

    /// What tells the requests, to go on with after the noun.
    private var phrase: String {
        switch self {
        case .always:
            "of any kind"
        case .value(let dimension, let patterns):
            "whose \(dimension.words) \(ValuePattern.words(patterns))"
        case .surface(let surfaces):
            "that come through " + Wording.list(surfaces.map(\.words), "or")
        case .feature(let features):
            "that need " + Wording.list(features.featureNames, "or")
        case .allOf(let parts):
            Self.join(parts, "and")
        case .anyOf(let parts):
            Self.join(parts, "or")
        case .not(.value(let dimension, let patterns)):
            "whose \(dimension.words) \(ValuePattern.negatedWords(patterns))"
        case .not(let part):
            "other than those \(part.isComposed ? "(\(part.phrase))" : part.phrase)"
        }
    }

    private var isComposed: Bool {
        switch self {
        case .allOf(let parts), .anyOf(let parts): parts.count > 1
        default: false
        }
    }

    private static func join(_ parts: [Condition], _ conjunction: String) -> String {
        parts.map { $0.isComposed ? "(\($0.phrase))" : $0.phrase }.joined(separator: " \(conjunction) ")
    }
}

extension ValuePattern {
    private var words: String {
        switch self {
        case .any: "is anything"
        case .other: "is one that no clause names"
        case .exactly(let text): "is \(text)"
        case .prefix(let text): "begins with \(text)"
        }
    }

    /// That a value meets one of the patterns.
    static func words(_ patterns: [ValuePattern]) -> String {
        let exact = patterns.compactMap { if case .exactly(let text) = $0 { text } else { nil } }
        let rest = patterns.filter { if case .exactly = $0 { false } else { true } }
        let first = exact.isEmpty ? [] : ["is \(Wording.list(exact, "or"))"]
        return (first + rest.map(\.words)).joined(separator: " or ")
    }

    /// That a value meets none of the patterns.
    fileprivate static func negatedWords(_ patterns: [ValuePattern]) -> String {
        let exact = patterns.compactMap { if case .exactly(let text) = $0 { text } else { nil } }
        guard exact.count == patterns.count else { return "is not one that \(words(patterns))" }
        return exact.count == 1 ? "is not \(exact[0])" : "is none of \(Wording.list(exact))"
    }
}

extension Dimension {
    /// The name for people.
    fileprivate var words: String {
        switch self {
        case .product: "product"
        case .customerClass: "class of customer"
        case .channel: "channel"
        case .dataClass: "class of data"
        case .region: "region"
        case .model: "model"
        case .publisher: "publisher"
        }
    }
}

extension Surface {
    /// The name for people.
    fileprivate var words: String {
        switch self {
        case .statelessAPI: "the stateless API"
        case .statefulAPI: "the stateful API"
        case .firstPartyApp: "a first-party app"
        case .nonAPI: "no API"
        }
    }
}

extension GroundCondition {
    /// What must be so of a cloud, such as "azure lacks capacity and has declined the feature"; `nil` for never.
    func words(of cloud: String) -> String? {
        self == .never ? nil : "\(cloud) \(predicate)"
    }

    private var predicate: String {
        switch self {
        case .ground(.capacity): "lacks capacity"
        case .ground(.declined): "has declined the feature"
        case .ground(.outage): "is out of service"
        case .ground(let ground): "meets the ground \(ground.name)"
        case .allOf(let parts): Self.join(parts, "and")
        case .anyOf(let parts): Self.join(parts, "or")
        }
    }

    private static func join(_ parts: [GroundCondition], _ conjunction: String) -> String {
        parts.map { part in
            switch part {
            case .ground: part.predicate
            case .allOf, .anyOf: part.named.count > 1 ? "(\(part.predicate))" : part.predicate
            }
        }.joined(separator: " \(conjunction) ")
    }
}
