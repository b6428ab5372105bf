// SPDX-License-Identifier: Apache-2.0

/// What the readers of values share while one file is read: its text, its declared names, its zone, what was wrong.
package final class ReadingContext {
    package let source: SourceText
    /// The zone in which dates are days.
    package var zone: DayZone = .utc
    /// Whether instruments may be missing that belong to the agreement: those adopted so far are not yet all.
    package let mayLackInstruments: Bool
    private var names: [NameSpace: [String]] = [:]
    private var collected: [Diagnostic]

    /// A context for one file, with what was wrong with it so far.
    package init(_ source: SourceText, diagnostics: [Diagnostic] = [], mayLackInstruments: Bool = false) {
        self.source = source
        self.mayLackInstruments = mayLackInstruments
        collected = diagnostics
    }

    /// Makes names known, so that references to others are refused.
    package func declare(_ newNames: [String], in space: NameSpace) {
        names[space, default: []] += newNames
    }

    /// The names declared; `nil` where nothing was declared yet and references cannot be judged.
    package func declaredNames(in space: NameSpace) -> [String]? {
        names[space]
    }

    /// Whether something makes the file unusable.
    package var hasErrors: Bool { errorCount > 0 }

    /// How many errors were noted so far.
    package var errorCount: Int { collected.count { $0.severity == .error } }

    /// Everything that was wrong, in the order of the file, at most ``DocumentLimits/diagnosticsMax`` and one more.
    package var diagnostics: [Diagnostic] {
        let ordered = collected.enumerated().sorted {
            ($0.element.place, $0.offset) < ($1.element.place, $1.offset)
        }.map(\.element)
        guard ordered.count > DocumentLimits.diagnosticsMax else { return ordered }
        let rest = ordered.count - DocumentLimits.diagnosticsMax
        let last = ordered[DocumentLimits.diagnosticsMax]
        return ordered.prefix(DocumentLimits.diagnosticsMax) + [
            Diagnostic(
                .error, .tooManyDiagnostics, in: source, at: last.place, offending: "",
                message: "\(rest) more diagnostics are not shown", expected: "fewer faults",
                mend: "mend the ones above first")
        ]
    }

    /// Notes a fault that makes the file unusable.
    package func error(
        _ code: DiagnosticCode, at place: Place, offending: String, message: String, expected: String, mend: String
    ) {
        collected.append(
            Diagnostic(
                .error, code, in: source, at: place, offending: offending, message: message, expected: expected,
                mend: mend))
    }

    /// Notes something that is probably not meant.
    package func warning(
        _ code: DiagnosticCode, at place: Place, offending: String, message: String, expected: String, mend: String
    ) {
        collected.append(
            Diagnostic(
                .warning, code, in: source, at: place, offending: offending, message: message, expected: expected,
                mend: mend))
    }

    /// Notes that a value has not the shape that its field needs.
    package func wrongShape(_ node: YAMLNode, expected shape: FieldShape) {
        if node.isMissing {
            error(
                .missingValue, at: node.place, offending: "", message: "the value is missing",
                expected: shape.expectation, mend: "write the value after the colon, or delete the key")
        } else {
            error(
                .wrongShape, at: node.place, offending: node.summary, message: "the value has the wrong shape",
                expected: shape.expectation, mend: shape.layout)
        }
    }
}
