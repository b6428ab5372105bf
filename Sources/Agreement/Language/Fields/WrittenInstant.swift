// SPDX-License-Identifier: Apache-2.0

/// An instant with the words that stand for it in the file.
package struct WrittenInstant: Sendable {
    package let instant: Instant
    package let written: String
}
