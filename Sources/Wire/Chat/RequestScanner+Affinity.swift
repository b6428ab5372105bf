// SPDX-License-Identifier: Apache-2.0

extension RequestScanner {
    /// Reads `conversation`: an identifier, or an object that holds it as its `id`.
    mutating func readConversation(_ kind: JSONKind, in bytes: Span<UInt8>) throws(JSONError) {
        guard kind == .object else { return try readAffinity(.conversation, in: bytes) }
        try cursor.openObject(in: bytes)
        while let key = try cursor.nextKey(in: bytes) {
            if key.equals("id", in: bytes) {
                try readAffinity(.conversation, in: bytes)
            } else {
                try cursor.skipValue(in: bytes)
            }
        }
    }

    /// Reads a member that names what the request belongs to; the narrowest one counts.
    ///
    /// What is no string is the provider's to refuse.
    mutating func readAffinity(_ kind: RequestAffinity.Kind, in bytes: Span<UInt8>) throws(JSONError) {
        guard let text = try stringOrSkip(in: bytes), text.unescapedCount > 0,
            text.range.count <= RequestAffinity.nameBytesMax
        else { return }
        if let known = scan.affinity, known.kind.rawValue < kind.rawValue { return }
        scan.affinity = RequestAffinity(kind: kind, name: text.range)
    }
}
