// SPDX-License-Identifier: Apache-2.0

internal import Agreement

/// Keeps what may be a secret out of diagnostics: whoever wrote a key into the file must not find it in a log as well.
struct SecretMask {
    /// What is shown in place of a secret.
    static let placeholder = "(not shown)"

    /// The text with secrets replaced, line for line.
    let shown: SourceText
    private let layer: EnvironmentLayer
    /// How many characters of a line may be shown, by line.
    private let kept: [Int: Int]

    /// Finds what is to be hidden in a file, and in the variables that are laid over it.
    init(_ layer: EnvironmentLayer) {
        let source = layer.source
        self.layer = layer
        var kept: [Int: Int] = [:]
        for line in 1...source.lineCount {
            kept[line] =
                line > layer.lastFileLine
                ? layer.hiddenFrom(line: line) : ShownLine(source.line(line)).hiddenFrom()
        }
        self.kept = kept
        guard !kept.isEmpty else {
            shown = source
            return
        }
        let texts = (1...source.lineCount).map { line in
            let text = source.line(line)
            guard let count = kept[line] else { return text }
            return String(String.UnicodeScalarView(text.unicodeScalars.prefix(count))) + Self.placeholder
        }
        shown = SourceText(bytes: Array(texts.joined(separator: "\n").utf8), file: source.file)
    }

    /// The diagnostic with nothing of a secret in it, at most as severe as given.
    func masked(_ diagnostic: Diagnostic, severityMax: Diagnostic.Severity) -> Diagnostic {
        var offending = diagnostic.offending
        if let count = kept[diagnostic.line], !offending.isEmpty {
            let isShown = diagnostic.column <= count && shown.line(diagnostic.line).contains(offending)
            if !isShown { offending = Self.placeholder }
        }
        let (source, place) = layer.unfolded(diagnostic.place, shown: shown)
        return Diagnostic(
            severityMax == .warning ? .warning : diagnostic.severity, diagnostic.code, in: source, at: place,
            offending: offending,
            message: diagnostic.message, expected: diagnostic.expected, mend: diagnostic.mend)
    }

    /// Whether a key's name says that its value is a secret.
    static func isSecretName(_ key: some StringProtocol) -> Bool {
        let name = key.lowercased().filter { $0 != "-" && $0 != "_" }
        let words = ["apikey", "secret", "pass", "credential", "authorization", "bearer"]
        return name.hasSuffix("key") || name.hasSuffix("token") || words.contains { name.contains($0) }
    }

    /// Whether a text is the name of an environment variable as configurations write it.
    static func isVariable(_ text: some StringProtocol) -> Bool {
        guard let first = text.utf8.first, (0x41...0x5A).contains(first) || first == UInt8(ascii: "_"),
            text.utf8.count <= ConfigurationLimits.variableNameBytesMax
        else { return false }
        return text.utf8.allSatisfy {
            (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_")
        }
    }
}
