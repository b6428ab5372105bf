// SPDX-License-Identifier: Apache-2.0

/// The simulated tokeniser: four bytes of UTF-8 are one token, and a rest counts as one.
package enum TokenText {
    package static let bytesPerToken = 4

    /// The tokens of a text of `bytes` bytes.
    package static func tokens(bytes: Int) -> Int {
        (bytes + bytesPerToken - 1) / bytesPerToken
    }

    /// A text of exactly `tokens` tokens, plain words.
    package static func prompt(tokens: Int) -> String {
        var text = ""
        text.reserveCapacity(tokens * bytesPerToken)
        for token in 0..<tokens { text += words[token % words.count] }
        return text
    }

    private static let words = ["the ", "sun ", "may ", "set ", "and ", "day ", "end ", "but ", "men "]
}
