// SPDX-License-Identifier: Apache-2.0

/// Where in the answer an error stood.
package enum SignalPhase: Sendable {
    /// The status line said so.
    case head
    /// The head said 200 and an event of the stream holds the error.
    case inStream
}
