// SPDX-License-Identifier: Apache-2.0

/// The limits of every YAML file that Concordat reads.
package enum DocumentLimits {
    /// The size of a file, in bytes.
    package static let sourceBytesMax = 1_048_576
    /// The length of a line, in bytes.
    package static let lineBytesMax = 16_384
    /// How deep mappings and lists may nest.
    package static let depthMax = 64
    /// How many mappings, lists, keys and values a file may hold.
    package static let nodesMax = 20_000
    /// The size of a canonical text, in bytes; it writes one value a line, so that it is longer than its file.
    package static let canonicalBytesMax = 4 * sourceBytesMax
    /// How many mappings, lists, keys and values a canonical text may hold.
    package static let canonicalNodesMax = 2 * nodesMax
    /// How many duplicate keys are told before the reading ends.
    package static let duplicateKeysMax = 16
    /// How many diagnostics are told for one file.
    package static let diagnosticsMax = 100
}
