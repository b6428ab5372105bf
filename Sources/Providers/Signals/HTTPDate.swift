// SPDX-License-Identifier: Apache-2.0

/// Dates in the form that HTTP senders must use (IMF-fixdate, RFC 9110, section 5.6.7).
enum HTTPDate {
    private static let months: [String] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    private static let weekdays: [String] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]

    /// Seconds since 1970; nil if the text is not such a date.
    static func seconds(_ text: String) -> Int64? {
        // Sun, 06 Nov 1994 08:49:37 GMT
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard text.utf8.count == 29, parts.count == 6, parts[5] == "GMT", parts[0].last == "," else { return nil }
        let time = parts[4].split(separator: ":", omittingEmptySubsequences: false)
        guard time.count == 3, let day = number(parts[1], digits: 2), let year = number(parts[3], digits: 4),
            let month = months.firstIndex(of: String(parts[2])), let hour = number(time[0], digits: 2),
            let minute = number(time[1], digits: 2), let second = number(time[2], digits: 2),
            hour < 24, minute < 60, second <= 60, day >= 1, day <= dayCount(month: month, year: year)
        else { return nil }
        let days = daysSince1970(year: year, month: Int64(month) + 1, day: day)
        guard parts[0].dropLast() == weekdays[Int((days % 7 + 7) % 7)] else { return nil }
        return days * 86_400 + hour * 3_600 + minute * 60 + second
    }

    private static func number(_ text: Substring, digits: Int) -> Int64? {
        guard text.utf8.count == digits, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
        return Int64(text)
    }

    private static func dayCount(month: Int, year: Int64) -> Int64 {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month]
    }

    /// Days of the Gregorian calendar, counted in years that begin in March, so that the leap day comes last.
    private static func daysSince1970(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month > 2 ? year : year - 1
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }
}
