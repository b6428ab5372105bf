// SPDX-License-Identifier: Apache-2.0

/// A record that does not fit what is known, so that it would do nothing.
package struct EvidenceError: Error, Equatable {
    /// What is wrong.
    package enum Code: Sendable {
        /// It is about something that is not known.
        case unknown
        /// What it is about is not in the state for it.
        case state
        /// It comes out of its time or order.
        case order
        /// Another party would have to say it.
        case party
        /// A value is out of range, or of another unit.
        case value
        /// Something that it needs is not there.
        case missing
    }

    package let code: Code
    /// What was wrong and how to mend it.
    package let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
