// SPDX-License-Identifier: Apache-2.0

extension JSONCursor {
    /// Walks over a value and says whether it is a string, array or object that is not empty.
    mutating func skipAndTellWhetherFilled(in bytes: Span<UInt8>) throws(JSONError) -> Bool {
        switch try peekKind(in: bytes) {
        case .string:
            return try string(in: bytes).unescapedCount > 0
        case .array, .object:
            let value = try skipValue(in: bytes)
            // What is well-formed and not empty has more than the bracket that closes it.
            return Self.skipWhitespace(from: value.lowerBound &+ 1, in: bytes) < value.upperBound &- 1
        default:
            try skipValue(in: bytes)
            return false
        }
    }
}
