// SPDX-License-Identifier: Apache-2.0

/// What a virtual key may use, as it is stored and shown.
package struct StoredKeyLimits: Sendable, Equatable, Codable {
    /// Names of models, or beginnings with `*` behind; empty for every model.
    package var models: [String]?
    /// Requests in any 60 seconds.
    package var rpm: Int64?
    /// Tokens in any 60 seconds.
    package var tpm: Int64?
    /// Requests in flight at once.
    package var concurrent: Int64?
    /// An amount and a period, such as `50 USD/month`.
    package var budget: String?

    package init(
        models: [String]? = nil, rpm: Int64? = nil, tpm: Int64? = nil, concurrent: Int64? = nil, budget: String? = nil
    ) {
        self.models = models
        self.rpm = rpm
        self.tpm = tpm
        self.concurrent = concurrent
        self.budget = budget
    }
}
