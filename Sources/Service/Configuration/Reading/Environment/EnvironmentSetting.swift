// SPDX-License-Identifier: Apache-2.0

internal import Agreement

/// A setting that an environment variable may give: a value without parts at a fixed place of the file.
///
/// Upstreams, deployments, recorders and enforcement are named by their author, and lists have any length; they stand in
/// the file alone.
struct EnvironmentSetting {
    /// What the names of all of them begin with.
    static let prefix = "CONCORDAT_"

    /// The variable, such as `CONCORDAT_LIMITS_REQUESTS`.
    var name: String
    /// The keys from the top of the file.
    var path: [String]
    var shape: FieldShape
    /// The key of the same value where the file gives the setting in parts, such as `address` within `listen`.
    var partName: String?

    /// All settings of a table, in its order.
    static func all(of table: FieldTable, under path: [String] = []) -> [EnvironmentSetting] {
        table.fields.flatMap { field -> [EnvironmentSetting] in
            let inner = path + [field.name]
            switch field.shape {
            case .mapping(let table): return all(of: table, under: inner)
            case .either(let forms):
                guard forms.count == 2, case .mapping(let parts) = forms[1], let part = parts.fields.first else {
                    return []
                }
                return [EnvironmentSetting(name: name(of: inner), path: inner, shape: forms[0], partName: part.name)]
            case .list, .keyed, .entries, .condition, .groundCondition, .clause, .until, .form: return []
            default: return [EnvironmentSetting(name: name(of: inner), path: inner, shape: field.shape)]
            }
        }
    }

    private static func name(of path: [String]) -> String {
        prefix + path.joined(separator: "_").uppercased()
    }

    /// Whether the value is a path.
    var isPath: Bool {
        if case .path = shape { return true }
        return false
    }
}
