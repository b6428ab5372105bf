// SPDX-License-Identifier: Apache-2.0

/// One header field of a request to an upstream; its name is in lower case.
package struct HeaderField: Equatable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// A field from configuration, whose value is checked: a stray line break in a key file would split the head.
    static func checked(_ name: String, _ value: String) throws(UpstreamConfigurationError) -> HeaderField {
        let isSound = !value.isEmpty && value.utf8.allSatisfy { 0x20...0x7E ~= $0 }
        guard isSound, !value.hasPrefix(" "), !value.hasSuffix(" ") else {
            throw UpstreamConfigurationError(
                code: .headerValueInvalid,
                message: "The value configured for the header '\(name)' is empty or has a line break, a space at an "
                    + "end or a character outside ASCII; remove it."
            )
        }
        return HeaderField(name, value)
    }
}
