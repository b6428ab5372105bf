// SPDX-License-Identifier: Apache-2.0

extension ValueType where Value == WrittenInstant {
    /// The beginning of a day in the file's zone, or an instant.
    package static var date: ValueType<WrittenInstant> {
        ValueType(.date) { node, context in
            guard let text = node.text, !node.isMissing else {
                context.wrongShape(node, expected: .date)
                return nil
            }
            if let date = CivilDate(text: text), DateLimits.years.contains(date.year) {
                return WrittenInstant(instant: context.zone.start(of: date), written: text)
            }
            if let instant = Instant(rfc3339: text), let date = CivilDate(text: String(text.prefix(10))),
                DateLimits.years.contains(date.year)
            {
                return WrittenInstant(instant: instant, written: text)
            }
            refuse(text, at: node.place, shape: .date, context)
            return nil
        }
    }

    /// The end of a day in the file's zone: the beginning of the next one.
    package static var throughDay: ValueType<WrittenInstant> {
        ValueType(.day) { node, context in
            guard let text = node.text, !node.isMissing else {
                context.wrongShape(node, expected: .day)
                return nil
            }
            guard let date = CivilDate(text: text), DateLimits.years.contains(date.year) else {
                refuse(text, at: node.place, shape: .day, context)
                return nil
            }
            let next = CivilDate(daysSinceEpoch: date.daysSinceEpoch + 1)
            return WrittenInstant(instant: context.zone.start(of: next), written: text)
        }
    }

    private static func refuse(_ text: String, at place: Place, shape: FieldShape, _ context: ReadingContext) {
        let message: String
        let mend: String
        if let date = CivilDate(text: text) ?? CivilDate(text: String(text.prefix(10))), text.utf8.count >= 10 {
            if DateLimits.years.contains(date.year) {
                message = Instant(rfc3339: text) != nil ? "an instant stands where a day is needed" : "no such instant"
                mend = "write the day alone, or an RFC 3339 instant with `Z` or an offset where instants are allowed"
            } else {
                message = "the year is out of range"
                mend = "write a year from \(DateLimits.years.lowerBound) to \(DateLimits.years.upperBound)"
            }
        } else if isShapedLikeDate(text) {
            message = "the calendar has no such day"
            mend = "check the month and the day"
        } else {
            message = "the value is no date"
            mend = "write year, month and day with two hyphens: 2026-04-27"
        }
        context.error(
            .invalidDate, at: place, offending: text, message: message, expected: shape.expectation, mend: mend)
    }

    private static func isShapedLikeDate(_ text: String) -> Bool {
        let bytes = Array(text.utf8.prefix(10))
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return false }
        return bytes.enumerated().allSatisfy { $0 == 4 || $0 == 7 || (0x30...0x39).contains($1) }
    }
}
