// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// A time in which a lane lacked capacity.
package struct WindowRow: Sendable, Equatable {
    package var openedBy: UInt64
    package var lane: String
    package var opened: Instant
    package var signals: UInt64
    package var closed: Instant?
}
