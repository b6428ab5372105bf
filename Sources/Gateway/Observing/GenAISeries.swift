// SPDX-License-Identifier: Apache-2.0

/// What tells the rows of the `gen_ai` metrics apart; from configuration alone, nothing in it is a client's.
package struct GenAISeries: Hashable, Sendable {
    /// Stands for what is not configured, and for what would be too much.
    package static let otherName = "other"
    /// The provider of answers that the gateway gave itself.
    package static let ownName = "concordat"

    package var operation: GenAIOperation
    package var provider: String
    package var model: String
    package var cloud: String
    package var host: String
    package var port: Int

    package init(
        operation: GenAIOperation, provider: String, model: String, cloud: String, host: String = "", port: Int = 0
    ) {
        self.operation = operation
        self.provider = provider
        self.model = model
        self.cloud = cloud
        self.host = host
        self.port = port
    }

    /// Stands for everything for which there is no row left.
    static let other = GenAISeries(operation: .chat, provider: otherName, model: otherName, cloud: otherName)

    /// The same with model and address folded into ``otherName``.
    var folded: GenAISeries {
        GenAISeries(operation: operation, provider: provider, model: Self.otherName, cloud: cloud)
    }
}
