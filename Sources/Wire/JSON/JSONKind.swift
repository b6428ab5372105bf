// SPDX-License-Identifier: Apache-2.0

/// The kind of a JSON value, told from its first byte.
package enum JSONKind: UInt8, Sendable {
    case object
    case array
    case string
    case number
    case `true`
    case `false`
    case null
}
