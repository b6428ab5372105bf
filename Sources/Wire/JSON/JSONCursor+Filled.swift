// SPDX-License-Identifier: Apache-2.0

extension JSONCursor {
    /// Walks over a value and says whether it is a string, array or object that is not empty.
    mutating func skipAndTellWhetherFilled(in bytes: Span<UInt8>) throws(JSONError) -> Bool {
        switch try peekKind(in: bytes) {
        case .string:
            return try string(in: bytes).unescapedCount > 0
        case .array:
            var isFilled = false
            try openArray(in: bytes)
            while try nextElement(in: bytes) {
                isFilled = true
                try skipValue(in: bytes)
            }
            return isFilled
        case .object:
            var isFilled = false
            try openObject(in: bytes)
            while try nextKey(in: bytes) != nil {
                isFilled = true
                try skipValue(in: bytes)
            }
            return isFilled
        default:
            try skipValue(in: bytes)
            return false
        }
    }
}
