// SPDX-License-Identifier: Apache-2.0

/// The operations of the API, as bits beside the features.
///
/// A deployment has the bits of the operations that it serves, a request has the bit of its own: what can't serve an
/// operation is no candidate, as with a feature, and a decision is made again from the bits in the log. No agreement
/// names them. Workloads and deployments of logs that are older than these bits have none.
extension FeatureSet {
    package static let chat = FeatureSet(rawValue: 1 << 12)
    package static let responses = FeatureSet(rawValue: 1 << 13)
    package static let embeddings = FeatureSet(rawValue: 1 << 14)
    package static let completions = FeatureSet(rawValue: 1 << 15)

    /// Every operation.
    package static let operations: FeatureSet = [.chat, .responses, .embeddings, .completions]

    /// The names in the order of their bits.
    package static let namesOfOperations = ["chat", "responses", "embeddings", "completions"]

    /// The set of one operation; `nil` for a name that is none.
    package init?(operation name: String) {
        guard let position = Self.namesOfOperations.firstIndex(of: name) else { return nil }
        rawValue = 1 << (12 + UInt16(position))
    }

    /// The names of the operations in the set, in the order of their bits.
    package var operationNames: [String] {
        Self.namesOfOperations.enumerated().filter { rawValue & 1 << (12 + UInt16($0.offset)) != 0 }.map(\.element)
    }
}
