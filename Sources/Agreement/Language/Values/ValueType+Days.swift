// SPDX-License-Identifier: Apache-2.0

extension ValueType where Value == CivilDate {
    /// A day of the calendar, in no zone.
    package static var day: ValueType<CivilDate> {
        ValueType(.day) { node, context in
            // The reader of ends judges the text; the day itself is read again.
            guard ValueType<WrittenInstant>.throughDay.read(node, context) != nil, let text = node.text else {
                return nil
            }
            return CivilDate(text: text)
        }
    }
}
