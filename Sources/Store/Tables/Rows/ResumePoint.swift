// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// What a start needs to go on from.
package struct ResumePoint: Sendable, Equatable {
    package var nextIndex: UInt64
    package var revision: UInt64
    package var boot: UInt64
    package var lastInstant: Instant
}
