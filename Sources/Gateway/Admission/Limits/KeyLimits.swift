// SPDX-License-Identifier: Apache-2.0

/// What a virtual key may use; what is `nil` or empty is not limited.
package struct KeyLimits: Sendable, Equatable {
    /// The models that the key may ask for, each a name or a beginning with `*` behind it; empty for every model.
    package var models: [String]
    /// Requests in any 60 seconds.
    package var requestsPerMinute: Int64?
    /// Tokens, prompt and completion, in any 60 seconds.
    package var tokensPerMinute: Int64?
    /// Requests in flight at once.
    package var concurrentMax: Int64?
    package var budget: KeyBudget?

    package init(
        models: [String] = [], requestsPerMinute: Int64? = nil, tokensPerMinute: Int64? = nil,
        concurrentMax: Int64? = nil, budget: KeyBudget? = nil
    ) {
        self.models = models
        self.requestsPerMinute = requestsPerMinute
        self.tokensPerMinute = tokensPerMinute
        self.concurrentMax = concurrentMax
        self.budget = budget
    }

    /// Whether something has to be counted from request to request.
    package var needsAccount: Bool {
        requestsPerMinute != nil || tokensPerMinute != nil || concurrentMax != nil || budget != nil
    }

    /// Whether the key may ask for a model.
    package func allows(model: String) -> Bool {
        models.isEmpty
            || models.contains { $0.hasSuffix("*") ? model.hasPrefix($0.dropLast()) : model == $0 }
    }
}
