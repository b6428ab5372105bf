// SPDX-License-Identifier: Apache-2.0

extension Span where Element == UInt8 {
    /// Whether the bytes from an offset on begin with this literal.
    package func holds(_ literal: StaticString, at offset: Int) -> Bool {
        let length = literal.utf8CodeUnitCount
        guard offset >= 0, length <= count - offset else { return false }
        for index in 0..<length {
            // The index is below the literal's count.
            let expected = unsafe literal.utf8Start[index]
            guard self[offset + index] == expected else { return false }
        }
        return true
    }
}
