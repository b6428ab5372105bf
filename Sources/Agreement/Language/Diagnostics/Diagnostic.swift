// SPDX-License-Identifier: Apache-2.0

/// One thing that is wrong in a file, told so that its author can mend it.
package struct Diagnostic: Sendable, Equatable {
    /// Whether the file can still be used.
    package enum Severity: String, Sendable {
        case error
        case warning
    }

    package let severity: Severity
    /// What kind of fault it is, stable over releases.
    package let code: DiagnosticCode
    /// The file as the caller named it.
    package let file: String
    /// The line, from 1.
    package let line: Int
    /// The column in Unicode scalars, from 1.
    package let column: Int
    /// What was written, escaped, at most ``PrintableText/offendingCharactersMax`` characters.
    package let offending: String
    /// What is wrong.
    package let message: String
    /// What was expected instead.
    package let expected: String
    /// How to mend it.
    package let mend: String
    /// The line of the file, escaped and shortened, with the column of the fault in it.
    package let excerpt: Excerpt

    /// A line of the file as it can be printed.
    package struct Excerpt: Sendable, Equatable {
        package let text: String
        /// How many characters stand before the fault.
        package let charactersBefore: Int
    }

    /// A diagnostic at a place of a file; the offending text is given raw, and the message without a full stop.
    package init(
        _ severity: Severity, _ code: DiagnosticCode, in source: SourceText, at place: Place, offending: String,
        message: String, expected: String, mend: String
    ) {
        self.severity = severity
        self.code = code
        file = source.file
        line = place.line
        column = place.column
        self.offending = PrintableText.offending(offending)
        self.message = message
        self.expected = expected
        self.mend = mend
        excerpt = PrintableText.excerpt(of: source.line(place.line), column: place.column)
    }

    /// Where the fault is.
    package var place: Place { Place(line: line, column: column) }
}
