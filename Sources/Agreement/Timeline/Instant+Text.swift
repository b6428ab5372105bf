// SPDX-License-Identifier: Apache-2.0

// The civil calendar by integer arithmetic (Howard Hinnant, "chrono-compatible low-level date algorithms"), so that
// instants are read and written alike on every machine without a calendar library.
extension Instant: CustomStringConvertible {
    /// RFC 3339 in UTC with as many fractional digits as needed: 0, 3, 6 or 9.
    package var description: String {
        if self == .distantFuture { return "open" }
        if self == .distantPast { return "always" }
        let (secondOfEpoch, fraction) = CalendarDigits.floorDivide(nanoseconds, 1_000_000_000)
        let (day, secondOfDay) = CalendarDigits.floorDivide(secondOfEpoch, 86_400)
        let date = CivilDate(daysSinceEpoch: day)
        var text = date.description + "T"
        text += CalendarDigits.padded(secondOfDay / 3_600, 2) + ":"
        text += CalendarDigits.padded(secondOfDay / 60 % 60, 2) + ":" + CalendarDigits.padded(secondOfDay % 60, 2)
        if fraction % 1_000_000 == 0 {
            if fraction != 0 { text += "." + CalendarDigits.padded(fraction / 1_000_000, 3) }
        } else if fraction % 1_000 == 0 {
            text += "." + CalendarDigits.padded(fraction / 1_000, 6)
        } else {
            text += "." + CalendarDigits.padded(fraction, 9)
        }
        return text + "Z"
    }

    /// Reads an RFC 3339 timestamp: a date, `T`, a time with up to nine fractional digits, and `Z` or an offset.
    ///
    /// For example `2026-04-27T00:00:00Z` or `2026-04-27T00:00:00.5-07:00`. It is `nil` for any other text, for dates
    /// that do not exist, and outside the range of ``Instant``.
    package init?(rfc3339 text: String) {
        var bytes = text.utf8[...]
        guard bytes.count >= 20, let date = CivilDate(text: String(text.prefix(10))) else { return nil }
        bytes = bytes.dropFirst(10)
        guard bytes.popFirst() == UInt8(ascii: "T"),
            let hour = CalendarDigits.takeNumber(&bytes, digits: 2), hour < 24, bytes.popFirst() == UInt8(ascii: ":"),
            let minute = CalendarDigits.takeNumber(&bytes, digits: 2), minute < 60,
            bytes.popFirst() == UInt8(ascii: ":"),
            let second = CalendarDigits.takeNumber(&bytes, digits: 2), second < 60
        else { return nil }
        var fraction: Int64 = 0
        if bytes.first == UInt8(ascii: ".") {
            bytes = bytes.dropFirst()
            var digits = 0
            while let byte = bytes.first, byte >= 48, byte <= 57 {
                guard digits < 9 else { return nil }
                fraction = fraction * 10 + Int64(byte - 48)
                digits += 1
                bytes = bytes.dropFirst()
            }
            guard digits > 0 else { return nil }
            while digits < 9 {
                fraction *= 10
                digits += 1
            }
        }
        var offsetSeconds: Int64 = 0
        switch bytes.popFirst() {
        case UInt8(ascii: "Z"):
            break
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            let negative = text.utf8[text.utf8.index(before: bytes.startIndex)] == UInt8(ascii: "-")
            guard let hours = CalendarDigits.takeNumber(&bytes, digits: 2), hours < 24,
                bytes.popFirst() == UInt8(ascii: ":"),
                let minutes = CalendarDigits.takeNumber(&bytes, digits: 2), minutes < 60
            else { return nil }
            offsetSeconds = (hours * 3_600 + minutes * 60) * (negative ? -1 : 1)
        default:
            return nil
        }
        guard bytes.isEmpty else { return nil }
        let seconds = date.daysSinceEpoch * 86_400 + hour * 3_600 + minute * 60 + second - offsetSeconds
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, carried) = scaled.addingReportingOverflow(fraction)
        guard !overflow, !carried else { return nil }
        self.init(nanoseconds: sum)
    }
}
