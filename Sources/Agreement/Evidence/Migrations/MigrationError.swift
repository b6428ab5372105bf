// SPDX-License-Identifier: Apache-2.0

/// A report of a migration that does not fit what went before.
package struct MigrationError: Error, Equatable {
    /// What is wrong.
    package enum Code: Sendable {
        case notOpen, alreadyOpen, closed, percent, clouds, conditions, order
    }

    package let code: Code
    /// What was wrong and how to mend it.
    package let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
