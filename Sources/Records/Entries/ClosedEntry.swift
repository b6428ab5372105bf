// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// A gateway stopped in order.
package struct ClosedEntry: Sendable, Equatable {
    package var at: Instant

    package init(at: Instant) {
        self.at = at
    }

    package func encoded() -> [UInt8] {
        RecordWriter(.closed, at: at, fields: 0).finish()
    }
}
