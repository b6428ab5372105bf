// SPDX-License-Identifier: Apache-2.0

extension Workload {
    /// The request in the words of an agreement, such as `product chat, surface stateless-api, features vision`; a
    /// dimension without a value is one that no clause names.
    package var words: String {
        var parts = Dimension.allCases.filter { !self[$0].isEmpty }.map { "\($0.name) \(self[$0])" }
        parts.append("surface \(surface.name)")
        if !features.isEmpty { parts.append("features \(features.featureNames.joined(separator: "+"))") }
        return parts.joined(separator: ", ")
    }

    /// The request as one JSON object: dimensions with a value, surface and features.
    package var json: String {
        var members = Dimension.allCases.filter { !self[$0].isEmpty }.map { ($0.name, JSONText.quoted(self[$0])) }
        members.append(("surface", JSONText.quoted(surface.name)))
        members.append(("features", JSONText.list(features.featureNames)))
        return JSONText.object(members)
    }
}

extension JSONText {
    /// A list of texts.
    static func list(_ texts: [String]) -> String {
        "[" + texts.map(quoted).joined(separator: ",") + "]"
    }

    /// An object; the values are JSON already.
    static func object(_ members: [(String, String)]) -> String {
        "{" + members.map { "\(quoted($0.0)):\($0.1)" }.joined(separator: ",") + "}"
    }

    /// A text, or `null`.
    static func optional(_ text: String?) -> String {
        text.map(quoted) ?? "null"
    }
}
