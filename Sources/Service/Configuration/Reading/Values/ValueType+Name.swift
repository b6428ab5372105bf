// SPDX-License-Identifier: Apache-2.0

internal import Agreement

extension ValueType where Value == String {
    /// A name that a provider or a publisher gave.
    static var name: ValueType<String> {
        token("word", expected: nameExpectation, pattern: "^[!-~]{1,\(ConfigurationLimits.nameBytesMax)}$") {
            text throws(ScalarFault) in
            try checkName(text)
            return text
        }
    }

    /// A name that selectors of agreements are matched with: their own words can't be names.
    static var dimensionName: ValueType<String> {
        token(
            "word", expected: nameExpectation + ", without `*`, and neither `any` nor `other`",
            pattern: "^(?!any$|other$)[!-)+-~]{1,\(ConfigurationLimits.nameBytesMax)}$"
        ) { text throws(ScalarFault) in
            try checkName(text)
            guard text != "any", text != "other", !text.contains("*") else {
                throw ScalarFault(
                    code: .invalidName, message: "the name has a meaning of its own in agreements",
                    mend: "write the name in full")
            }
            return text
        }
    }

    /// A dated API version, such as `2024-10-21` or `2025-03-01-preview`.
    static var apiVersion: ValueType<String> {
        token(
            "dated version", expected: "a dated version such as 2024-10-21 or 2025-03-01-preview",
            pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:-preview)?$"
        ) { text throws(ScalarFault) in
            let isDated = CivilDate(text: String(text.prefix(10))) != nil
            guard isDated, text.utf8.count == 10 || text.dropFirst(10) == "-preview" else {
                throw ScalarFault(
                    code: .invalidVersion, message: "the value is no version of Azure OpenAI's API",
                    mend: "copy the `api-version` of a request that works")
            }
            return text
        }
    }

    private static var nameExpectation: String {
        "1 to \(ConfigurationLimits.nameBytesMax) ASCII characters without spaces"
    }

    private static func checkName(_ text: String) throws(ScalarFault) {
        guard (1...ConfigurationLimits.nameBytesMax).contains(text.utf8.count),
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else {
            throw ScalarFault(
                code: .invalidName, message: "no name is written so", mend: "copy the name from the provider's console")
        }
    }
}
