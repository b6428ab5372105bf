// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Records

/// A request that began in the transaction at hand.
struct BegunRequest {
    let id: RequestID
    /// Nanoseconds since 1970.
    let admitted: Int64
    let firstDecision: UInt64
    var lastDecision: UInt64
    var decisions = 1
    let model: String
    let product: String
    let promptBytes: Int64
    /// The key that asked; empty where that is not known.
    let key: String

    init(_ entry: DecisionBrief, index: UInt64, key: String) {
        id = entry.request
        self.key = key
        admitted = entry.at.nanoseconds
        firstDecision = index
        lastDecision = index
        model = entry.model
        product = entry.product
        promptBytes = Int64(clamping: entry.promptBytes)
    }
}
