// SPDX-License-Identifier: Apache-2.0

extension JSONText {
    /// A string as JSON text with its quotes; only what must be escaped is.
    package static func encode(_ string: String) -> [UInt8] {
        var encoded: [UInt8] = [0x22]
        encoded.reserveCapacity(string.utf8.count + 2)
        for byte in string.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                encoded.append(0x5C)
                encoded.append(byte)
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                encoded.append(contentsOf: "\\u00".utf8)
                encoded.append(digits[Int(byte >> 4)])
                encoded.append(digits[Int(byte & 0x0F)])
            default: encoded.append(byte)
            }
        }
        encoded.append(0x22)
        return encoded
    }
}
