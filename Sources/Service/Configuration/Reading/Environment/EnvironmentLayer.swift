// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Foundation

/// The settings that environment variables give, laid over those of the file.
///
/// Each variable is a line behind the file's last, `NAME=value`, so that the reader takes it as if it stood in the file
/// and says what is wrong with it in the same way. ``unfolded(_:)`` tells the file's lines from these again.
struct EnvironmentLayer {
    /// The name under which diagnostics show variables.
    static let fileName = "environment"
    /// The longest value that is read, in bytes.
    static let valueBytesMax = 4_096

    /// One variable that is set.
    private struct Variable {
        var name: String
        var value: String
        /// The setting; `nil` where there is none of this name.
        var setting: EnvironmentSetting?
    }

    /// Variables that are meant for other parts of Concordat.
    private static let foreign: Set<String> = ["CONCORDAT_SHARE"]

    private let variables: [Variable]
    private let settings: [EnvironmentSetting]
    private let fileLines: Int
    /// The file with a line for each variable behind it.
    let source: SourceText

    /// Finds the variables that are set.
    ///
    /// - Parameters:
    ///   - environment: the environment of the process.
    ///   - table: the settings that there are.
    ///   - file: the file as read.
    ///   - root: the file's document; `nil` where it can't be read.
    init(_ environment: [String: String], table: FieldTable, file: SourceText, root: YAMLNode?) {
        let settings = EnvironmentSetting.all(of: table)
        let byName = Dictionary(settings.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let named = root.map(Self.variablesNamed(in:)) ?? []
        variables = environment.filter { name, _ in
            name.hasPrefix(EnvironmentSetting.prefix) && !Self.foreign.contains(name) && !named.contains(name)
                && (byName[name] != nil || !Self.isServiceLink(name))
        }.sorted { $0.key < $1.key }.map { name, value in
            var value = value
            // As `--data` and all commands take paths of the command line: from the folder in which they were started.
            if byName[name]?.isPath == true, !value.isEmpty, !"/~".contains(value.prefix(1)) {
                value = FileManager.default.currentDirectoryPath + "/" + value
            }
            return Variable(name: name, value: value, setting: byName[name])
        }
        self.settings = settings
        fileLines = file.lineCount
        let lines = variables.map { "\($0.name)=\(Self.onOneLine($0.value))" }
        source =
            lines.isEmpty
            ? file : SourceText(bytes: file.bytes + Array(("\n" + lines.joined(separator: "\n")).utf8), file: file.file)
    }

    /// The file's document with the variables' values in place of its own; what is wrong is noted.
    func laid(over root: YAMLNode, _ context: ReadingContext) -> YAMLNode {
        var root = root
        for (index, variable) in variables.enumerated() {
            let keyPlace = Place(line: fileLines + 1 + index, column: 1)
            let place = Place(line: keyPlace.line, column: variable.name.unicodeScalars.count + 2)
            guard let setting = variable.setting else {
                noteUnknown(variable.name, at: keyPlace, context)
                continue
            }
            guard !variable.value.isEmpty else {
                context.error(
                    .missingValue, at: keyPlace, offending: variable.name, message: "the variable is empty",
                    expected: setting.shape.expectation, mend: "set it to a value, or unset it")
                continue
            }
            guard variable.value.utf8.count <= Self.valueBytesMax,
                variable.value.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
            else {
                context.error(
                    .controlCharacter, at: keyPlace, offending: variable.name,
                    message: "the value is too long or holds a control character",
                    expected: setting.shape.expectation, mend: "set the variable anew")
                continue
            }
            let value = YAMLNode(.scalar(.init(text: variable.value, isPlain: true)), at: place)
            var path = setting.path
            if let part = setting.partName, root.entries?.first(where: { $0.key == path[0] })?.value.entries != nil {
                // The other parts are the file's.
                path.append(part)
            }
            root = Self.setting(path[...], of: root, to: value, keyPlace: keyPlace)
        }
        return root
    }

    /// A diagnostic of the reader as people know the sources: of the file, or of a variable.
    ///
    /// - Parameters:
    ///   - place: where the diagnostic is.
    ///   - shown: the text with secrets replaced.
    /// - Returns: the source that it is of, and its place there.
    func unfolded(_ place: Place, shown: SourceText) -> (source: SourceText, place: Place) {
        guard place.line > fileLines, !variables.isEmpty else { return (shown, place) }
        let lines = (fileLines + 1...shown.lineCount).map { shown.line($0) }
        return (
            SourceText(bytes: Array(lines.joined(separator: "\n").utf8), file: Self.fileName),
            Place(line: place.line - fileLines, column: place.column)
        )
    }

    /// The variable that stands on a line; `nil` for lines of the file.
    func variable(onLine line: Int) -> String? {
        let index = line - fileLines - 1
        return variables.indices.contains(index) ? variables[index].name : nil
    }

    /// How many characters of a variable's line may be shown; `nil` where all may be, or for lines of the file.
    func hiddenFrom(line: Int) -> Int? {
        let index = line - fileLines - 1
        guard variables.indices.contains(index) else { return nil }
        let variable = variables[index]
        // A variable without a setting may well hold a key.
        let key = variable.setting?.path.last ?? "secret"
        // No address is so long and random; only paths are.
        let isRandom = variable.value.count >= 16 && variable.value.contains { $0.isNumber }
        let isShown =
            ShownLine("\(key): \(variable.value)").hiddenFrom() == nil
            && (!isRandom || variable.setting?.isPath == true)
        return isShown ? nil : variable.name.unicodeScalars.count + 1
    }

    /// The last line of the file.
    var lastFileLine: Int { fileLines }

    // MARK: Unknown variables

    private func noteUnknown(_ name: String, at place: Place, _ context: ReadingContext) {
        let near = Resemblance.nearest(
            to: String(name.dropFirst(EnvironmentSetting.prefix.count)),
            among: settings.map { String($0.name.dropFirst(EnvironmentSetting.prefix.count)) })
        let group = settings.first { setting in
            setting.path.count > 1 && name.hasPrefix(EnvironmentSetting.prefix + setting.path[0].uppercased() + "_")
        }
        let mend =
            near.map { "did you mean `\(EnvironmentSetting.prefix)\($0)`?" }
            ?? "unset it; `concordat config show` lists what can be set"
        if near != nil || group != nil {
            context.error(
                .unknownKey, at: place, offending: name, message: "there is no setting of this name",
                expected: "a variable that is named after a setting, such as `CONCORDAT_LIMITS_REQUESTS`", mend: mend)
        } else {
            context.warning(
                .unknownKey, at: place, offending: name, message: "the variable sets nothing",
                expected: "a variable that is named after a setting, such as `CONCORDAT_LIMITS_REQUESTS`", mend: mend)
        }
    }

    /// Whether an orchestrator sets the variable for a service that is called `concordat`.
    private static func isServiceLink(_ name: String) -> Bool {
        let rest = name.dropFirst(EnvironmentSetting.prefix.count)
        return rest == "PORT" || rest.hasPrefix("PORT_") || rest.hasPrefix("SERVICE_")
    }

    /// The variables that the file names as places of secrets.
    private static func variablesNamed(in node: YAMLNode) -> Set<String> {
        switch node.content {
        case .scalar: []
        case .sequence(let items): items.reduce(into: []) { $0.formUnion(variablesNamed(in: $1)) }
        case .mapping(let entries):
            entries.reduce(into: []) { names, entry in
                if entry.key == "env", let text = entry.value.text { names.insert(text) }
                names.formUnion(variablesNamed(in: entry.value))
            }
        }
    }

    // MARK: Laying over

    /// The node with the value at a path; where something of another shape stands there, the reader says so.
    private static func setting(
        _ path: ArraySlice<String>, of node: YAMLNode, to value: YAMLNode, keyPlace: Place
    ) -> YAMLNode {
        guard let key = path.first, var entries = node.entries else { return path.isEmpty ? value : node }
        let rest = path.dropFirst()
        if let index = entries.firstIndex(where: { $0.key == key }) {
            entries[index].value = setting(rest, of: entries[index].value, to: value, keyPlace: keyPlace)
            if rest.isEmpty { entries[index].keyPlace = keyPlace }
        } else {
            let empty = YAMLNode(.mapping([]), at: keyPlace)
            entries.append(
                YAMLNode.Entry(
                    key: key, keyPlace: keyPlace,
                    value: rest.isEmpty ? value : setting(rest, of: empty, to: value, keyPlace: keyPlace)))
        }
        return YAMLNode(.mapping(entries), at: node.place)
    }

    private static func onOneLine(_ value: String) -> String {
        String(
            String.UnicodeScalarView(
                value.unicodeScalars.prefix(valueBytesMax).map {
                    $0.properties.generalCategory == .control ? " " : $0
                }))
    }
}
