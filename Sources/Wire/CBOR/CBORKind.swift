// SPDX-License-Identifier: Apache-2.0

/// The kind of a CBOR data item, as far as Concordat writes and reads them.
package enum CBORKind: UInt8, Sendable {
    case unsigned
    case negative
    case bytes
    case text
    case array
    case map
    case bool
    case null
}
