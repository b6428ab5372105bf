// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Wire

extension FeatureSet {
    /// What a deployment must serve for an operation.
    init(_ operation: APIOperation) {
        switch operation {
        case .chat: self = .chat
        case .responses: self = .responses
        case .embeddings: self = .embeddings
        case .completions: self = .completions
        }
    }
}
