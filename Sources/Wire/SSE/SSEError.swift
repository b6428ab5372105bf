// SPDX-License-Identifier: Apache-2.0

/// Why a stream of server-sent events can't be framed any further.
package struct SSEError: Error, Equatable, Sendable {
    /// What was wrong.
    package enum Code: UInt8, Sendable {
        /// An event is longer than ``SSEFramer/eventBytesMax``.
        case eventTooLarge
    }

    package var code: Code

    package init(_ code: Code) {
        self.code = code
    }

    /// One sentence for the log.
    package var message: String {
        switch code {
        case .eventTooLarge: "An event of the upstream's stream is longer than \(SSEFramer.eventBytesMax) bytes."
        }
    }
}
