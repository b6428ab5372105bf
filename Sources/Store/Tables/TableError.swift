// SPDX-License-Identifier: Apache-2.0

/// Why the tables can't be read or written.
package struct TableError: Error, Sendable, CustomStringConvertible {
    /// What kind of trouble it is.
    package enum Code: Sendable, Equatable {
        /// The database can't be opened.
        case open
        /// A read or write failed.
        case access
        /// An entry of the log can't be read.
        case entry
    }

    package var code: Code
    package var message: String
    package var cause: (any Error)?

    init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    package var description: String {
        cause.map { "\(message) (\($0))" } ?? message
    }
}
