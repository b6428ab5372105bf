// SPDX-License-Identifier: Apache-2.0

/// Why a trace or mix file could not be read; every diagnostic names its place and how to mend it.
package struct ReplayError: Error, Equatable, CustomStringConvertible {
    /// What kind of failure it is.
    package enum Code: String, Sendable {
        /// The file is missing or may not be read.
        case unreadable
        /// The gzip data is damaged or ends early.
        case corruptGzip = "corrupt-gzip"
        /// The first line does not name the columns.
        case badHeader = "bad-header"
        /// At least one row is not as the columns promise.
        case badRow = "bad-row"
        /// A named limit is passed.
        case tooLarge = "too-large"
        /// There is no row.
        case empty
    }

    package let code: Code
    /// The file as the caller named it.
    package let file: String
    /// At least one, at most ``diagnosticsMax``, in the order of the file.
    package let diagnostics: [ReplayDiagnostic]
    /// What the system or zlib said, where it said something.
    package let cause: String?

    /// How many bad rows are told at once.
    package static let diagnosticsMax = 20

    package init(_ code: Code, file: String, diagnostics: [ReplayDiagnostic], cause: String? = nil) {
        precondition(!diagnostics.isEmpty, "an error without a diagnostic tells nothing")
        self.code = code
        self.file = file
        self.diagnostics = diagnostics
        self.cause = cause
    }

    /// One line for each diagnostic: `file:line: what was wrong; how to mend it`.
    package var description: String {
        diagnostics.map { diagnostic in
            let place = diagnostic.line.map { "\(file):\($0)" } ?? file
            let because = cause.map { " (\($0))" } ?? ""
            return "\(place): \(diagnostic.problem)\(because); \(diagnostic.remedy)"
        }.joined(separator: "\n")
    }
}
