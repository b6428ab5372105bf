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
        nameStart = UInt32(nameRange.lowerBound)
        nameEnd = UInt32(nameRange.upperBound)
        valueStart = UInt32(valueRange.lowerBound)
        valueEnd = UInt32(valueRange.upperBound)
    }

    /// Where the name stands, as written.
    package var nameRange: Range<Int> { Int(nameStart)..<Int(nameEnd) }
    /// Where the value stands, without blanks at its ends.
    package var valueRange: Range<Int> { Int(valueStart)..<Int(valueEnd) }
}
