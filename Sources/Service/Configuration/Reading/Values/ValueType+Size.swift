// SPDX-License-Identifier: Apache-2.0

internal import Agreement

extension ValueType where Value == Int64 {
    /// A size within bounds, in bytes, such as `32MiB`.
    static func size(_ range: ClosedRange<Int64>) -> ValueType<Int64> {
        scalar(expected: FieldShape.size(range).expectation, shape: .size(range)) { text throws(ScalarFault) in
            let digits = text.prefix { $0.isASCII && $0.isNumber }
            let unitName = text.dropFirst(digits.count)
            guard !digits.isEmpty, digits.count <= 9, let count = Int64(digits) else {
                throw ScalarFault(
                    code: .invalidSize, message: "the value is no size", mend: "write a whole number and a unit")
            }
            guard let unit = FieldShape.sizeUnits.first(where: { $0.name == unitName }) else {
                throw ScalarFault(
                    code: .invalidSize,
                    message: unitName.isEmpty ? "the size has no unit" : "the size has a unit that is not known here",
                    mend: "write one of the units B, KiB, MiB and GiB behind the number")
            }
            guard range.contains(count * unit.bytes) else {
                throw ScalarFault(
                    code: .invalidSize, message: "the size is out of range", mend: "write a size within the bounds")
            }
            return count * unit.bytes
        }
    }
}
