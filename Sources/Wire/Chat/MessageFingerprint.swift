// SPDX-License-Identifier: Apache-2.0

/// A 64-bit FNV-1a hash of an error message in which letter case is levelled and each run of digits counts as one mark,
/// so that "try again in 3 seconds" and "try again in 17 seconds" agree.
struct MessageFingerprint {
    private(set) var value: UInt64 = 0
    private var isInDigits = false

    mutating func add(_ bytes: Span<UInt8>) {
        for index in bytes.indices {
            var byte = bytes[index]
            let isDigit = UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
            if isDigit, isInDigits { continue }
            isInDigits = isDigit
            if isDigit {
                byte = UInt8(ascii: "#")
            } else if UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte {
                byte |= 0x20
            }
            if value == 0 { value = 0xCBF2_9CE4_8422_2325 }
            value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
    }
}
