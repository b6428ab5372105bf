// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Foundation

/// Reads `agreements`: where their files are, and whether each is enforced.
struct AgreementsReading: Sendable {
    /// The files as absolute paths.
    var files: [String]
    var enforcement: [String: Enforcement]

    static func type(in base: BaseFolder) -> ValueType<AgreementsReading> {
        let folder = Field.optional("folder", .path(in: base), "the folder whose files `*.yaml` are the agreements.")
        let files = Field.optional(
            "files", ValueType<String>.existingFile(in: base).list(1...ConfigurationLimits.agreementFilesMax),
            "the files of the agreements.")
        let enforcement = Field.defaulted(
            "enforcement", ValueType<Enforcement>.enforcement.keyed(1...ConfigurationLimits.agreementFilesMax), to: [],
            written: "{}", "the agreements that are only observed, by identifier; others are enforced.")
        let table = FieldTable(
            "`agreements`", [folder.description, files.description, enforcement.description],
            alternatives: [FieldTable.Alternatives(["folder", "files"], isRequired: true)])
        return table.type { mapping in
            let readEnforcement = mapping.value(enforcement) ?? []
            let readFolder = mapping.value(folder)
            var readFiles = mapping.value(files)
            if let readFolder { readFiles = list(readFolder, mapping) }
            if mapping.keyPlace(of: "folder") == nil, mapping.keyPlace(of: "files") == nil {
                mapping.context.error(
                    .missingKey, at: mapping.place, offending: "", message: "neither `folder` nor `files` is written",
                    expected: "`folder`: a path, or `files`: a list of paths",
                    mend: "add `folder: agreements` and put the agreements there")
            }
            guard let readFiles else { return nil }
            return AgreementsReading(
                files: readFiles,
                enforcement: Dictionary(
                    readEnforcement.map { ($0.id, $0.value) }, uniquingKeysWith: { _, last in last }))
        }
    }

    /// The agreements in a folder, by name; a folder without one lets everything leave, so it is refused.
    private static func list(_ folder: String, _ mapping: MappingReading) -> [String]? {
        let place = mapping.place(of: "folder")
        let written = mapping.node(of: "folder")?.summary ?? folder
        guard BaseFolder.isFolder(folder),
            let names = try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        else {
            mapping.context.error(
                .folderMissing, at: place, offending: written, message: "there is no folder at this path",
                expected: "the path of a folder that can be read",
                mend: "make the folder, or correct the path; it is looked for at \(folder)")
            return nil
        }
        // Editors leave hidden files beside the ones they write.
        let visible = names.filter { !$0.hasPrefix(".") }
        if let ignored = visible.first(where: { $0.hasSuffix(".yml") }) {
            mapping.context.warning(
                .fileIgnored, at: place, offending: ignored, message: "a file of the folder is not read",
                expected: "files whose names end in .yaml", mend: "rename it, if it is an agreement")
        }
        let files = visible.filter { $0.hasSuffix(".yaml") }
        guard !files.isEmpty else {
            mapping.context.error(
                .noAgreement, at: place, offending: written, message: "the folder holds no agreement",
                expected: "at least one file whose name ends in .yaml",
                mend: "write an agreement, or correct the path; without one every request could leave the primary")
            return nil
        }
        guard files.count <= ConfigurationLimits.agreementFilesMax else {
            mapping.context.error(
                .tooManyEntries, at: place, offending: "\(files.count) files",
                message: "the folder holds too many agreements",
                expected: "at most \(ConfigurationLimits.agreementFilesMax) files",
                mend: "move what is not in force out of the folder")
            return nil
        }
        return files.map { folder + "/" + $0 }
    }
}
