// SPDX-License-Identifier: Apache-2.0

/// The identity of one log: 16 random bytes, made by its owner when the log is born and written into every segment.
package struct LogID: Hashable, Sendable, CustomStringConvertible {
    /// How many bytes an identity has.
    package static let byteCount = 16

    /// The 16 bytes.
    package let bytes: [UInt8]

    /// The identity in exactly 16 bytes; nil for any other count.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    /// The identity written as 32 lower-case hexadecimal digits; nil for anything else.
    package init?(hex: String) {
        guard let bytes = Hexadecimal.decode(hex) else { return nil }
        self.init(bytes: bytes)
    }

    /// The identity as 32 lower-case hexadecimal digits.
    package var hex: String { Hexadecimal.encode(bytes) }

    package var description: String { hex }
}
