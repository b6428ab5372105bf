// SPDX-License-Identifier: Apache-2.0

/// Reads the strict part of YAML that agreements and configurations are written in.
///
/// Scalars are text as written. Anchors, aliases, tags, merge keys, directives, complex keys and further documents are
/// refused before the parser sees them, and size, depth and the number of values are limited, so that no bytes can make
/// the parser slow or deep.
package enum StrictYAML {
    /// Reads a file.
    ///
    /// - Parameters:
    ///   - bytes: the content, UTF-8, at most ``DocumentLimits/sourceBytesMax`` bytes.
    ///   - file: the name to show in diagnostics.
    ///   - isCanonical: whether the bytes are a canonical text, which may be longer than the file that it was made of.
    /// - Returns: the root with what is wrong; without a root where the file could not be read.
    package static func read(_ bytes: [UInt8], file: String, isCanonical: Bool = false) -> StrictYAMLReading {
        let bytesMax = isCanonical ? DocumentLimits.canonicalBytesMax : DocumentLimits.sourceBytesMax
        guard bytes.count <= bytesMax else {
            let source = SourceText(bytes: [], file: file)
            let tooLarge = Diagnostic(
                .error, .fileTooLarge, in: source, at: .start, offending: "\(bytes.count) bytes",
                message: "the file is too large", expected: "at most \(bytesMax) bytes",
                mend: "split the agreement, or move long quotes out of it")
            return StrictYAMLReading(root: nil, source: source, diagnostics: [tooLarge])
        }
        let source = SourceText(bytes: bytes, file: file)
        if let fault = CharacterCheck.firstFault(in: source) {
            return StrictYAMLReading(root: nil, source: source, diagnostics: [fault])
        }
        let nodesMax = isCanonical ? DocumentLimits.canonicalNodesMax : DocumentLimits.nodesMax
        var scan = StructureScan(source, nodesMax: nodesMax)
        let faults = scan.run()
        guard faults.isEmpty else { return StrictYAMLReading(root: nil, source: source, diagnostics: faults) }
        var tree = TreeBuilder(source)
        let root = tree.build()
        return StrictYAMLReading(root: root, source: source, diagnostics: tree.diagnostics)
    }
}
