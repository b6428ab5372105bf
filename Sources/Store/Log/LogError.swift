// SPDX-License-Identifier: Apache-2.0

/// Why the log of a data folder could not be opened, read or written.
package struct LogError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of trouble.
    package enum Code: Hashable, Sendable {
        /// Another process has the data folder.
        case locked
        /// Bytes of the log are not what was written.
        case damaged
        /// The signed checkpoint names entries that the log does not have.
        case entriesMissing
        /// Files of two logs are mixed, or the configured origin is not the log's.
        case wrongLog
        /// A key is missing, malformed or readable by others.
        case key
        /// The writer took back entries that a reader had seen before they were durable.
        case rewound
        /// There is no object of that name.
        case objectMissing
        /// An object's content is not what its name says.
        case objectDamaged
        /// A thing is longer than its limit.
        case tooLong
        /// The system refused a file operation.
        case file
    }

    /// What kind of trouble.
    package let code: Code
    /// What was wrong and how to mend it.
    package let message: String
    /// The system's refusal behind it.
    package let cause: FileFault?

    init(_ code: Code, _ message: String, cause: FileFault? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    init(_ fault: FileFault) {
        self.init(.file, fault.description, cause: fault)
    }

    /// Runs file operations and turns their faults into log errors.
    static func wrapping<Result: ~Copyable>(
        _ body: () throws(FileFault) -> Result
    ) throws(LogError) -> Result {
        do throws(FileFault) {
            return try body()
        } catch {
            throw LogError(error)
        }
    }

    package var description: String { message }
}
