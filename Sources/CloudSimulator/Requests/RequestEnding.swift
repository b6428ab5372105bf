// SPDX-License-Identifier: Apache-2.0

/// How a served request ended.
package struct RequestEnding: Equatable {
    /// The three ways.
    package enum Kind {
        case completed
        case cancelled
        case brokenOff
    }

    /// Which way.
    package let kind: Kind
    /// Answer tokens that went out.
    package let tokensSent: Int
    /// Completion tokens as the usage told them; nil where no usage went out.
    package let completionTokensReported: Int?

    package init(kind: Kind, tokensSent: Int, completionTokensReported: Int?) {
        self.kind = kind
        self.tokensSent = tokensSent
        self.completionTokensReported = completionTokensReported
    }
}
