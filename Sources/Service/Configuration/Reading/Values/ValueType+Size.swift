// SPDX-License-Identifier: Apache-2.0

internal import Agreement

extension ValueType where Value == Int64 {
    /// The units of written sizes, in bytes, the largest first.
    private static var units: [(name: String, bytes: Int64)] {
        [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1)]
    }

    /// A size within bounds, in bytes, such as `32MiB`.
    static func size(_ range: ClosedRange<Int64>) -> ValueType<Int64> {
        let bounds = "\(written(range.lowerBound)) to \(written(range.upperBound))"
        let expected = "a size from \(bounds), such as 512KiB or 32MiB"
        return scalar(expected: expected) { text throws(ScalarFault) in
            let digits = text.prefix { $0.isASCII && $0.isNumber }
            let unitName = text.dropFirst(digits.count)
            guard !digits.isEmpty, digits.count <= 9, let count = Int64(digits) else {
                throw ScalarFault(
                    code: .invalidSize, message: "the value is no size", mend: "write a whole number and a unit")
            }
            guard let unit = units.first(where: { $0.name == unitName }) else {
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

    private static func written(_ bytes: Int64) -> String {
        let unit = units.first { bytes.isMultiple(of: $0.bytes) && bytes >= $0.bytes } ?? ("B", 1)
        return "\(bytes / unit.bytes)\(unit.name)"
    }
}
