// SPDX-License-Identifier: Apache-2.0

/// The text of one instrument that adoption fixes.
package struct CanonicalInstrument: Sendable, Equatable {
    package let id: String
    /// A draft is never adopted.
    package let isDraft: Bool
    package let text: String
}
