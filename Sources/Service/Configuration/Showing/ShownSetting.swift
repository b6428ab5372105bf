// SPDX-License-Identifier: Apache-2.0

internal import Agreement

/// One value of a configuration as `config show` prints it.
package struct ShownSetting: Sendable, Equatable, Encodable {
    /// The keys from the top of the file, with dots between them.
    package var setting: String
    /// The value as written; never a secret.
    package var value: String
    /// `file:line`, the environment variable, or `default`.
    package var origin: String
}

extension ConfiguredDocument {
    /// Every value with where it comes from, in the order of the reference.
    ///
    /// - Parameter isDefaultsOnly: whether only what nobody set is wanted.
    /// - Returns: the values that are written, and the defaults of those that are not.
    package func settings(isDefaultsOnly: Bool = false) -> [ShownSetting] {
        let all = rows(root, .mapping(table), "", place: root.place)
        return isDefaultsOnly ? all.filter { $0.origin == Origin.standard.text } : all
    }

    private func rows(_ node: YAMLNode, _ shape: FieldShape, _ path: String, place: Place) -> [ShownSetting] {
        switch shape {
        case .mapping(let table) where table.name == SecretSource.tableName:
            let words = node.entries?.first.map { entry in
                "(not shown; \(entry.key == "env" ? "from the environment variable" : "from the file") "
                    + "\(entry.value.summary))"
            }
            return [row(path, words ?? "(not shown)", at: place)]
        case .mapping(let table):
            return table.fields.flatMap { field -> [ShownSetting] in
                let inner = path.isEmpty ? field.name : path + "." + field.name
                if let entry = node.entry(field.name) {
                    return rows(entry.value, field.shape, inner, place: entry.keyPlace)
                }
                return defaults(of: field, inner)
            }
        case .keyed(let value, _), .entries(_, let value):
            guard let entries = node.entries, !entries.isEmpty else { return [row(path, "{}", at: place)] }
            return entries.flatMap { rows($0.value, value, path + "." + $0.key, place: $0.keyPlace) }
        case .list:
            return [row(path, "[" + (node.items ?? []).map(\.summary).joined(separator: ", ") + "]", at: place)]
        default:
            return [row(path, node.summary, at: place)]
        }
    }

    private func defaults(of field: FieldDescription, _ path: String) -> [ShownSetting] {
        if case .mapping(let table) = field.shape, table.name != SecretSource.tableName, field.written != nil {
            return table.fields.flatMap { defaults(of: $0, path + "." + $0.name) }
        }
        return field.written.map { [ShownSetting(setting: path, value: $0, origin: Origin.standard.text)] } ?? []
    }

    private func row(_ path: String, _ value: String, at place: Place) -> ShownSetting {
        ShownSetting(setting: path, value: value, origin: origin(of: place).text)
    }
}
