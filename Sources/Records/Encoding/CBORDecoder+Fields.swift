// SPDX-License-Identifier: Apache-2.0

internal import Wire

extension CBORDecoder {
    /// Enters an array that must have so many elements.
    mutating func array(of count: Int) throws(CBORError) {
        let start = position
        let found = try array()
        guard found == count else { throw CBORError(found < count ? .containerEnded : .containerOpen, at: start) }
    }

    /// Reads an unsigned integer that must fit a type.
    mutating func number<Number: FixedWidthInteger>(_ type: Number.Type) throws(CBORError) -> Number {
        let start = position
        guard let number = Number(exactly: try unsigned()) else { throw CBORError(.integerOutOfRange, at: start) }
        return number
    }
}
