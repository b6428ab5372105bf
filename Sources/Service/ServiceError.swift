// SPDX-License-Identifier: Apache-2.0

/// An error that is meant for the person who gave the order.
package struct ServiceError: Error, Sendable, CustomStringConvertible {
    /// What kind of error it is; commands turn it into their exit code.
    package enum Code: Sendable, Equatable {
        /// The order itself is wrong: an unknown name, a value out of range.
        case usage
        /// The answer is no: what was asked for contradicts what is recorded.
        case refused
        /// Something did not work.
        case failed
    }

    package var code: Code
    /// What was wrong, and how to mend it.
    package var message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }

    /// Why a gateway that drains carries out nothing.
    static func stopping(isReload: Bool) -> ServiceError {
        ServiceError(
            .failed,
            isReload
                ? "The gateway is stopping, and the configuration was not read; it is read at the next start."
                : "The gateway is stopping and takes no orders any more; give it again once it has stopped.")
    }
}
