// SPDX-License-Identifier: Apache-2.0

package import Wire

/// The form in which a request wants its embeddings; OpenAI's own client asks for base64 unless it is told otherwise.
package struct EmbeddingForm: Equatable {
    /// The most numbers that a text has.
    package static let dimensionsMax = 3_072

    /// How many numbers a text has.
    package private(set) var dimensions = 4
    /// Whether they are told as little-endian floats of four bytes in base64, rather than as a list of numbers.
    package private(set) var isBase64 = false

    /// What a request gets that does not say.
    package init() {}

    /// Reads `dimensions` and `encoding_format`.
    ///
    /// - Parameter body: the whole body.
    /// - Throws: ``JSONError`` where the body is no JSON object.
    package init(body: Span<UInt8>) throws(JSONError) {
        var cursor = JSONCursor()
        try cursor.openObject(in: body)
        while let key = try cursor.nextKey(in: body) {
            let kind = try cursor.peekKind(in: body)
            if kind == .string, key.equals("encoding_format", in: body) {
                isBase64 = try cursor.string(in: body).equals("base64", in: body)
            } else if kind == .number, key.equals("dimensions", in: body) {
                let number = JSONCursor.integer(try cursor.number(in: body), in: body) ?? 1
                dimensions = Int(min(max(1, number), Int64(Self.dimensionsMax)))
            } else {
                try cursor.skipValue(in: body)
            }
        }
    }
}
