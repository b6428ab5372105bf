// SPDX-License-Identifier: Apache-2.0

/// A text that no log, message or dump may show.
package struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let text: String

    package init(_ text: String) {
        self.text = text
    }

    /// The text itself, for the header that carries it and nothing else.
    package func revealed() -> String { text }

    /// A word that stands for the text.
    package var description: String { "(secret)" }

    /// A word that stands for the text.
    package var debugDescription: String { "(secret)" }

    /// Shows nothing, so that `dump` does not either.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
