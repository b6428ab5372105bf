// SPDX-License-Identifier: Apache-2.0

/// A secret with what is doubtful about how it is kept.
package struct ResolvedSecret: Sendable {
    package var secret: Secret
    /// What somebody should mend; `nil` where nothing is doubtful.
    package var warning: String?

    package init(secret: Secret, warning: String? = nil) {
        self.secret = secret
        self.warning = warning
    }
}
