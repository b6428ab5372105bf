// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Foundation

extension ValueType where Value == String {
    /// A path of the file system; read as an absolute path.
    static func path(in base: BaseFolder) -> ValueType<String> {
        scalar(expected: FieldShape.path.expectation, shape: .path) { text throws(ScalarFault) in
            guard (1...ConfigurationLimits.pathBytesMax).contains(text.utf8.count) else {
                throw ScalarFault(
                    code: .invalidPath, message: text.isEmpty ? "the path is empty" : "the path is too long",
                    mend: "write a path of 1 to \(ConfigurationLimits.pathBytesMax) bytes")
            }
            guard text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
                throw ScalarFault(
                    code: .invalidPath, message: "the path holds a control character", mend: "delete it")
            }
            // Shells expand these; a file would be made under the literal name.
            guard !text.hasPrefix("~"), !text.contains("$") else {
                throw ScalarFault(
                    code: .invalidPath, message: "neither `~` nor `$` is expanded in paths",
                    mend: "write the path in full")
            }
            return base.absolute(text)
        }
    }

    /// The path of a file that is there.
    static func existingFile(in base: BaseFolder) -> ValueType<String> {
        let path = ValueType<String>.path(in: base)
        return ValueType(path.shape) { node, context in
            guard let file = path.read(node, context) else { return nil }
            guard FileManager.default.fileExists(atPath: file), !BaseFolder.isFolder(file) else {
                context.error(
                    .fileMissing, at: node.place, offending: node.summary, message: "there is no file at this path",
                    expected: "the path of a file that can be read",
                    mend: "write the file, or correct the path; it is looked for at \(file)")
                return nil
            }
            return file
        }
    }
}
