// SPDX-License-Identifier: Apache-2.0

/// How much of an HTTP/1.1 message's framing is read, each with its unit.
package enum HTTPLimits {
    /// The target of a request line, in bytes.
    package static let targetBytesMax = 8_192
    /// One line of a head, in bytes, without its end.
    package static let fieldBytesMax = 16_384
    /// A whole head, in bytes.
    package static let headBytesMax = 65_536
    /// How many fields a head may have.
    package static let fieldsMax = 128
    /// The digits of a chunk's size.
    package static let chunkSizeDigitsMax = 15
    /// The line that begins a chunk, in bytes, with its extensions and without its end.
    package static let chunkLineBytesMax = 256
    /// All trailer fields of a message, in bytes.
    package static let trailerBytesMax = 8_192
}
