// SPDX-License-Identifier: Apache-2.0

/// A cloud and the party that operates it.
package struct CloudDeclaration: Sendable, Equatable {
    /// The identifier, the same as in the gateway's deployments.
    package var id: String
    /// The party that operates the cloud: a declared party, or any other name for a cloud of nobody who signed.
    package var operatedBy: String

    package init(id: String, operatedBy: String) {
        self.id = id
        self.operatedBy = operatedBy
    }
}
