// SPDX-License-Identifier: Apache-2.0

/// One fault in a trace or mix file.
package struct ReplayDiagnostic: Equatable, Sendable {
    /// The line, from 1; nil where the whole file is meant.
    package let line: Int?
    /// What was wrong, with the offending text.
    package let problem: String
    /// How to mend it.
    package let remedy: String

    package init(line: Int? = nil, problem: String, remedy: String) {
        self.line = line
        self.problem = problem
        self.remedy = remedy
    }

    /// Bytes of a file as text that is safe to print: at most 40 characters, nothing but printable ASCII.
    static func quoted(_ bytes: some Collection<UInt8>) -> String {
        var text = "\""
        for byte in bytes.prefix(quotedBytesMax) {
            switch byte {
            case 0x22, 0x5C: text += "\\" + String(UnicodeScalar(byte))
            case 0x20..<0x7F: text += String(UnicodeScalar(byte))
            default: text += "\\u{" + String(byte, radix: 16) + "}"
            }
        }
        return text + (bytes.count > quotedBytesMax ? "…\"" : "\"")
    }

    private static let quotedBytesMax = 40
}
