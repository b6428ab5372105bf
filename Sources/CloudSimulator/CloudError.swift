// SPDX-License-Identifier: Apache-2.0

/// Why a simulated cloud could not be made or changed.
package struct CloudError: Error, Equatable, CustomStringConvertible {
    /// What kind of failure it is.
    package enum Code: String, Sendable {
        /// A value of the configuration is out of its range.
        case badConfiguration = "bad-configuration"
        /// No lane has the name.
        case unknownLane = "unknown-lane"
        /// The address could not be bound.
        case notBound = "not-bound"
    }

    package let code: Code
    /// What was wrong and how to mend it.
    package let message: String
    /// What the system said, where it said something.
    package let cause: String?

    package init(_ code: Code, _ message: String, cause: String? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    package var description: String {
        message + (cause.map { " (\($0))" } ?? "")
    }
}
