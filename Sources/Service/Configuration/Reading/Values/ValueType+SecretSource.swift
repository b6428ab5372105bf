// SPDX-License-Identifier: Apache-2.0

internal import Agreement

extension ValueType where Value == SecretSource {
    /// Where a key is found: `{env: NAME}` or `{file: path}`.
    static func secretSource(in base: BaseFolder) -> ValueType<SecretSource> {
        let env = Field.optional("env", variable, "the name of an environment variable.")
        let file = Field.optional("file", .path(in: base), "the path of a file that holds the key alone.")
        let table = FieldTable(
            SecretSource.tableName, [env.description, file.description],
            alternatives: [FieldTable.Alternatives(["env", "file"], isRequired: true)])
        return ValueType(table.shape) { node, context in
            guard node.text == nil || node.isMissing else {
                context.error(
                    .literalSecret, at: node.place, offending: "",
                    message: "a key stands in the file itself, where backups, reviews and logs would show it",
                    expected: "`{env: NAME}` or `{file: path}`",
                    mend: "put the key into an environment variable or a file and name that here; if this file was "
                        + "shared, replace the key")
                return nil
            }
            guard let mapping = MappingReading(node, table, context) else { return nil }
            if let name = mapping.value(env) { return .env(name) }
            if let path = mapping.value(file) { return .file(path) }
            if node.entries?.isEmpty == true {
                context.error(
                    .missingKey, at: node.place, offending: "", message: "neither `env` nor `file` is written",
                    expected: "`{env: NAME}` or `{file: path}`", mend: "name where the key is found")
            }
            return nil
        }
    }

    // Lower case is refused so that a key written here by mistake is told from a name, and not repeated in messages.
    private static var variable: ValueType<String> {
        .token(
            "environment variable", expected: "a name of upper-case letters, digits and `_`, such as AZURE_OPENAI_KEY",
            pattern: "^[A-Z_][A-Z0-9_]{0,\(ConfigurationLimits.variableNameBytesMax - 1)}$"
        ) { text throws(ScalarFault) in
            guard SecretMask.isVariable(text) else {
                throw ScalarFault(
                    code: .invalidVariable, message: "no environment variable is named so",
                    mend: "write the variable's name, not its value", isShown: false)
            }
            return text
        }
    }
}
