// SPDX-License-Identifier: Apache-2.0

/// What a request says in `stream_options`, and where.
package struct StreamOptionsScan: Equatable, Sendable {
    /// The whole value, which may be `null`.
    package var value: Range<Int>
    /// Whether the value is `null`, which counts as absent.
    package var isNull: Bool
    /// Whether the object has no members.
    package var isEmpty: Bool
    /// The value of `include_usage`; nil if that is absent or null.
    package var includeUsage: Bool?
    /// Where the value of `include_usage` lies, a null as well.
    package var includeUsageValue: Range<Int>?
}
