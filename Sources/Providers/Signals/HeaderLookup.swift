// SPDX-License-Identifier: Apache-2.0

/// The header fields of an upstream's answer, as the classifier asks for them.
package protocol HeaderLookup {
    /// The value of the first field of this name, compared without regard to ASCII case.
    func first(name: String) -> String?

    /// The values of all fields of this name in their order, compared without regard to ASCII case.
    func values(name: String) -> [String]

    /// Whether any field's name begins with this text, compared without regard to ASCII case.
    func hasName(beginningWith prefix: String) -> Bool
}
