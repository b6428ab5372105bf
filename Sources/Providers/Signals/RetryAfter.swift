// SPDX-License-Identifier: Apache-2.0

/// How long a provider asks to wait before the next attempt.
package enum RetryAfter {
    /// The longest wait that is believed: 24 hours.
    package static let millisecondsMax: Int64 = 24 * 60 * 60 * 1000

    /// Reads `retry-after-ms` (Azure, OpenAI), or else `retry-after` in seconds or as a date.
    ///
    /// Of several fields of one name the longest wait holds, and those that say nothing usable are left out.
    /// A date must be in the form that senders have to use, IMF-fixdate; one in the past means no wait. Waits beyond
    /// ``millisecondsMax`` are cut to it. Fractions, which the OpenAI client accepts, round up.
    /// Source: RFC 9110, section 10.2.3.
    ///
    /// - Parameters:
    ///   - headers: the answer's header fields.
    ///   - nowSeconds: the current time in seconds since 1970, for a date.
    /// - Returns: milliseconds; nil if nothing usable is stated, as with `-1`.
    package static func parse(_ headers: some HeaderLookup, nowSeconds: Int64) -> Int64? {
        let stated = headers.values(name: "retry-after-ms").compactMap { decimal($0, scale: 1) }.max()
        return stated ?? headers.values(name: "retry-after").compactMap { wait($0, nowSeconds: nowSeconds) }.max()
    }

    private static func wait(_ text: String, nowSeconds: Int64) -> Int64? {
        if let milliseconds = decimal(text, scale: 1000) { return milliseconds }
        guard let date = HTTPDate.seconds(text) else { return nil }
        let seconds = max(0, date.subtractingReportingOverflow(nowSeconds).partialValue)
        return min(seconds, millisecondsMax / 1000) * 1000
    }

    /// An unsigned decimal times a scale, rounded up and cut to the longest wait; nil if it is none.
    static func decimal(_ text: String, scale: Int64) -> Int64? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, isDigits(whole), whole.utf8.count <= 18, let integer = Int64(whole) else {
            return nil
        }
        var milliseconds = min(integer, millisecondsMax) * scale
        if parts.count == 2 {
            guard isDigits(parts[1]) else { return nil }
            let digits = parts[1].utf8.prefix(3)
            var thousandths = digits.reduce(0) { $0 * 10 + Int64($1 & 0x0F) }
            for _ in digits.count..<3 { thousandths *= 10 }
            if parts[1].utf8.dropFirst(3).contains(where: { $0 != UInt8(ascii: "0") }) { thousandths += 1 }
            milliseconds += (thousandths * scale + 999) / 1000
        }
        return min(milliseconds, millisecondsMax)
    }

    private static func isDigits(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    }
}
