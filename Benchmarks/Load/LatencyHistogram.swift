// SPDX-License-Identifier: Apache-2.0

/// Counts lengths of time in buckets at most 1/64 wide, so that a quantile is right to 1.6 %.
struct LatencyHistogram {
    private static let steps: Int64 = 64
    private var buckets = [Int](repeating: 0, count: 64 * 40)
    private(set) var count = 0
    private(set) var max: Int64 = 0
    private var sum: Int64 = 0

    /// Counts one length of time in nanoseconds; less than 0 counts as 0.
    mutating func add(_ nanoseconds: Int64) {
        let value = nanoseconds < 0 ? 0 : nanoseconds
        buckets[Self.bucket(of: value)] += 1
        count += 1
        sum &+= value
        if value > max { max = value }
    }

    /// The length of time that this share of all stays within, in nanoseconds.
    func quantile(_ share: Double) -> Int64 {
        var left = Int((Double(count) * share).rounded(.up))
        for (index, number) in buckets.enumerated() where number > 0 {
            left -= number
            if left <= 0 { return Swift.min(Self.upperBound(of: index), max) }
        }
        return max
    }

    /// The figures that a report shows, in microseconds.
    var json: String {
        let mean = count == 0 ? 0 : Double(sum) / Double(count)
        let parts = [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p999", 0.999)].map { name, share in
            "\"\(name)\":\(Double(quantile(share)) / 1_000)"
        }
        let ends = "\"count\":\(count),\"mean\":\(mean / 1_000),\"max\":\(Double(max) / 1_000)"
        return "{\(ends),\(parts.joined(separator: ","))}"
    }

    private static func bucket(of value: Int64) -> Int {
        if value < steps { return Int(value) }
        let exponent = 63 - value.leadingZeroBitCount - 6
        return Swift.min(Int(Int64(exponent) * steps + value >> Int64(exponent)), 64 * 40 - 1)
    }

    private static func upperBound(of index: Int) -> Int64 {
        guard index >= Int(steps) else { return Int64(index) }
        let exponent = Int64(index) / steps - 1
        let base = Int64(index) - exponent * steps
        return (base + 1) << exponent - 1
    }
}
