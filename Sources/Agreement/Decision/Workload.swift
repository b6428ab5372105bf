// SPDX-License-Identifier: Apache-2.0

/// What a request is, in the agreement's terms.
package struct Workload: Hashable, Sendable {
    /// The values of the named dimensions, indexed by ``Dimension/rawValue``; empty text is no value,
    /// which `any` and `other` match.
    private var values: [String]
    package var surface: Surface
    package var features: FeatureSet

    /// A workload whose unnamed dimensions are empty.
    package init(_ named: [Dimension: String] = [:], surface: Surface = .statelessAPI, features: FeatureSet = []) {
        values = Dimension.allCases.map { named[$0] ?? "" }
        self.surface = surface
        self.features = features
    }

    package subscript(dimension: Dimension) -> String {
        get { values[Int(dimension.rawValue)] }
        set { values[Int(dimension.rawValue)] = newValue }
    }
}

/// A dimension of a workload whose values are names.
package enum Dimension: UInt8, Sendable, CaseIterable {
    case product, customerClass, channel, dataClass, region, model, publisher

    /// The name as written in agreements, keys and records.
    package var name: String {
        switch self {
        case .product: "product"
        case .customerClass: "customer_class"
        case .channel: "channel"
        case .dataClass: "data_class"
        case .region: "region"
        case .model: "model"
        case .publisher: "publisher"
        }
    }
}

/// How a request reaches the product.
package enum Surface: UInt8, Sendable, CaseIterable {
    case statelessAPI, statefulAPI, firstPartyApp, nonAPI

    /// The name as written; in selectors `api` stands for the first two.
    package var name: String {
        switch self {
        case .statelessAPI: "stateless-api"
        case .statefulAPI: "stateful-api"
        case .firstPartyApp: "first-party-app"
        case .nonAPI: "non-api"
        }
    }
}

/// The features that a request's body asks for; the bits are the ones that the body scanner reports.
package struct FeatureSet: OptionSet, Hashable, Sendable {
    package var rawValue: UInt16

    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// The names in the order of their bits.
    package static let names = [
        "tools", "parallel-tools", "json-schema", "vision", "audio-in", "audio-out", "logprobs", "n", "reasoning",
        "streaming", "long-context",
    ]

    /// The set of one feature; `nil` for a name that is none.
    package init?(name: String) {
        guard let bit = Self.names.firstIndex(of: name) else { return nil }
        rawValue = 1 << UInt16(bit)
    }

    package static let streaming = FeatureSet(rawValue: 1 << 9)
    package static let longContext = FeatureSet(rawValue: 1 << 10)

    /// The names of the features in the set, in the order of their bits.
    package var featureNames: [String] {
        Self.names.enumerated().filter { rawValue & 1 << UInt16($0.offset) != 0 }.map(\.element)
    }
}
