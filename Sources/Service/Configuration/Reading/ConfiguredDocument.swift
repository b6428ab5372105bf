// SPDX-License-Identifier: Apache-2.0

internal import Agreement

/// A configuration as written, with where each value stands.
package struct ConfiguredDocument: Sendable {
    /// Where a value comes from.
    package enum Origin: Sendable, Equatable {
        case file(String, line: Int)
        case environment(String)
        case standard

        /// In the words of `config show`.
        package var text: String {
            switch self {
            case .file(let name, let line): "\(name):\(line)"
            case .environment(let name): name
            case .standard: "default"
            }
        }
    }

    let root: YAMLNode
    let table: FieldTable
    private let layer: EnvironmentLayer
    private let mask: SecretMask

    init(root: YAMLNode, table: FieldTable, layer: EnvironmentLayer, mask: SecretMask) {
        self.root = root
        self.table = table
        self.layer = layer
        self.mask = mask
    }

    /// Where what is at a place comes from.
    func origin(of place: Place) -> Origin {
        layer.variable(onLine: place.line).map { .environment($0) } ?? .file(mask.shown.file, line: place.line)
    }

    /// Notes something about the value at a path, or about the nearest mapping above it that is written.
    func diagnostic(
        _ severity: Diagnostic.Severity, _ code: DiagnosticCode, at path: [String], offending: String = "",
        message: String, expected: String, mend: String
    ) -> Diagnostic {
        var node = root
        var place = root.place
        for key in path {
            guard let entry = node.entry(key) else { break }
            node = entry.value
            place = node.entries == nil ? node.place : entry.keyPlace
        }
        let (source, shownPlace) = layer.unfolded(place, shown: mask.shown)
        return Diagnostic(
            severity, code, in: source, at: shownPlace, offending: offending, message: message, expected: expected,
            mend: mend)
    }
}
