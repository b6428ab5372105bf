// SPDX-License-Identifier: Apache-2.0

/// Why a stretch of input was not taken.
package enum InputFailure: Error {
    /// The gzip wrapping is damaged; the cause in zlib's words.
    case gzip(String)
    /// The reader of the lines refused what it was given.
    case rejected(ReplayError)
}
