// SPDX-License-Identifier: Apache-2.0

/// The trace's time format, `YYYY-MM-DD hh:mm:ss.fffffff`, without a zone and read as UTC.
enum TraceTimestamp {
    private static let layout = Array("dddd-dd-dd dd:dd:dd.ddddddd".utf8)
    private static let daysBeforeMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365]

    /// Ticks of 100 ns since 1970-01-01T00:00Z; nil where the text is not a time of that form.
    static func ticks(_ text: ArraySlice<UInt8>) -> Int64? {
        guard text.count == layout.count else { return nil }
        for (byte, expected) in zip(text, layout) {
            let isDigit = (0x30...0x39).contains(byte)
            guard expected == UInt8(ascii: "d") ? isDigit : byte == expected else { return nil }
        }
        func number(_ from: Int, _ count: Int) -> Int {
            text[(text.startIndex + from)..<(text.startIndex + from + count)].reduce(0) { $0 * 10 + Int($1) - 0x30 }
        }
        let year = number(0, 4)
        let (hour, minute, second) = (number(11, 2), number(14, 2), number(17, 2))
        guard hour < 24, minute < 60, second < 60 else { return nil }
        guard let days = daysSince1970(year: year, month: number(5, 2), day: number(8, 2)) else { return nil }
        let seconds = Int64(days) * 86_400 + Int64(hour * 3_600 + minute * 60 + second)
        return seconds * 10_000_000 + Int64(number(20, 7))
    }

    private static func daysSince1970(year: Int, month: Int, day: Int) -> Int? {
        guard year >= 1, (1...12).contains(month), day >= 1 else { return nil }
        let isLeap = (year.isMultiple(of: 4) && !year.isMultiple(of: 100)) || year.isMultiple(of: 400)
        let leapDay = isLeap && month == 2 ? 1 : 0
        guard day <= daysBeforeMonth[month] - daysBeforeMonth[month - 1] + leapDay else { return nil }
        let past = year - 1
        let daysBeforeYear = past * 365 + past / 4 - past / 100 + past / 400
        let epoch = 719_162
        return daysBeforeYear - epoch + daysBeforeMonth[month - 1] + (isLeap && month > 2 ? 1 : 0) + day - 1
    }
}
