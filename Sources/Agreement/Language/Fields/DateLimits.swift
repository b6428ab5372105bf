// SPDX-License-Identifier: Apache-2.0

/// The limits of written dates.
package enum DateLimits {
    /// The years that a date may be in; all of them are well within the range of ``Instant``.
    package static let years: ClosedRange<Int64> = 1900...2200
}
