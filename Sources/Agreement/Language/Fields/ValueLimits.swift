// SPDX-License-Identifier: Apache-2.0

/// The limits of names and texts.
package enum ValueLimits {
    /// The length of an identifier.
    package static let identifierBytesMax = 64
    /// The length of a text for people.
    package static let textBytesMax = 4_000
    /// The length of a pattern.
    package static let patternBytesMax = 128
    /// How many items a list of words may have.
    package static let listItemsMax = 256
    /// How many instruments, or clauses of one instrument, there may be.
    package static let clausesMax = 1_000
}
