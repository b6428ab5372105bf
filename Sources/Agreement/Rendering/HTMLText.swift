// SPDX-License-Identifier: Apache-2.0

/// Writes text into HTML so that it is shown as it is.
enum HTMLText {
    /// Text with everything escaped that HTML gives a meaning, in elements and in quoted attributes.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// An element around content that is HTML already.
    static func element(_ name: String, class style: String? = nil, _ content: String) -> String {
        "<\(name)\(style.map { " class=\"\($0)\"" } ?? "")>\(content)</\(name)>"
    }

    /// A text as a link where it has a web address.
    static func link(_ text: String, to address: String?) -> String {
        guard let address, address.hasPrefix("https://") || address.hasPrefix("http://") else { return escaped(text) }
        return "<a href=\"\(escaped(address))\" rel=\"noreferrer\">\(escaped(text))</a>"
    }
}
