// SPDX-License-Identifier: Apache-2.0

/// One field of a head, as offsets from the head's first byte.
package struct HTTPField: Sendable, Equatable {
    package let name: HTTPFieldName
    private let nameStart: UInt32
    private let nameEnd: UInt32
    private let valueStart: UInt32
    private let valueEnd: UInt32

    init(name: HTTPFieldName, nameRange: Range<Int>, valueRange: Range<Int>) {
        self.name = name
        // A head has fewer bytes than 32 bits count, by its limit.
        nameStart = UInt32(truncatingIfNeeded: nameRange.lowerBound)
        nameEnd = UInt32(truncatingIfNeeded: nameRange.upperBound)
        valueStart = UInt32(truncatingIfNeeded: valueRange.lowerBound)
        valueEnd = UInt32(truncatingIfNeeded: valueRange.upperBound)
    }

    /// Where the name stands, as written.
    package var nameRange: Range<Int> { Int(nameStart)..<Int(nameEnd) }
    /// Where the value stands, without blanks at its ends.
    package var valueRange: Range<Int> { Int(valueStart)..<Int(valueEnd) }
}
