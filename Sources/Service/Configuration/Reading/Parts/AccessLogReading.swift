// SPDX-License-Identifier: Apache-2.0

internal import Agreement

/// Reads `access_log`: where each request's line goes.
enum AccessLogReading {
    /// The word for standard error; a file of this name is written `./stderr`.
    private static let standardErrorWord = "stderr"

    static func type(in base: BaseFolder) -> ValueType<AccessLogSettings> {
        let file = Field.required(
            "file", target(in: base), "the file, or `stderr` for standard error; made where it is not there.")
        let sample = Field.defaulted(
            "sample", .integer(1...Int64(AccessLogSettings.sampleMax)), to: 1, written: "1",
            "of so many requests that were served one has a line; what was not served always has.")
        return FieldTable("`access_log`", [file.description, sample.description]).type { mapping in
            let readFile = mapping.value(file)
            let readSample = mapping.value(sample)
            guard let readFile, let readSample else { return nil }
            return AccessLogSettings(file: readFile.isEmpty ? nil : readFile, sample: Int(readSample))
        }
    }

    /// A path, or the empty text for standard error.
    private static func target(in base: BaseFolder) -> ValueType<String> {
        let path = ValueType<String>.path(in: base)
        return ValueType(path.shape) { node, context in
            if node.text == standardErrorWord { return "" }
            guard let file = path.read(node, context) else { return nil }
            let folder = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? ""
            guard !BaseFolder.isFolder(file), folder.isEmpty || BaseFolder.isFolder(folder) else {
                context.error(
                    .folderMissing, at: node.place, offending: node.summary,
                    message: BaseFolder.isFolder(file)
                        ? "this is a folder" : "the folder of the file is missing",
                    expected: "the path of a file in a folder that is there, or `stderr`",
                    mend: "make the folder, or correct the path; the file is written at \(file)")
                return nil
            }
            return file
        }
    }
}
