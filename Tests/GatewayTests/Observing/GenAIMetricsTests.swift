// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Gateway

@Suite("Counts by model and provider")
struct GenAIMetricsTests {
    private static func series(_ number: Int, cloud: String = "azure") -> GenAISeries {
        GenAISeries(
            operation: .chat, provider: "openai", model: "model-\(number)", cloud: cloud, host: "h", port: 443)
    }

    @Test("have a bound: beyond it models become other, then everything, and nothing is lost")
    func bounded() {
        var metrics = GenAIMetrics()
        for number in 0..<5_000 {
            let row = metrics.row(of: Self.series(number, cloud: "cloud-\(number % 100)"))
            metrics.requests.observe(1, row: row)
            let failure = metrics.row(ofFailure: "error-\(number)", in: row)
            metrics.failedRequests.observe(1, row: failure)
        }
        #expect(metrics.series.count == GenAIMetrics.seriesMax + GenAIMetrics.foldedMax)
        #expect(metrics.failures.count == GenAIMetrics.errorSeriesMax)
        #expect((0..<metrics.series.count).reduce(0) { $0 + metrics.requests.count(row: $1) } == 5_000)
        #expect((0..<metrics.failures.count).reduce(0) { $0 + metrics.failedRequests.count(row: $1) } == 5_000)
        #expect(metrics.requests.count(row: 0) > 0)
    }

    @Test("of two loops add up, whatever row each gave a series")
    func merged() {
        var one = GenAIMetrics()
        var other = GenAIMetrics()
        one.requests.observe(5, row: one.row(of: Self.series(1)))
        other.requests.observe(7, row: other.row(of: Self.series(2)))
        other.requests.observe(11, row: other.row(of: Self.series(1)))
        other.failedRequests.observe(3, row: other.row(ofFailure: "outage", in: other.row(of: Self.series(2))))
        one.merge(other)
        #expect(one.requests.sum(row: one.row(of: Self.series(1))) == 16)
        #expect(one.requests.sum(row: one.row(of: Self.series(2))) == 7)
        #expect(one.failedRequests.sum(row: one.row(ofFailure: "outage", in: one.row(of: Self.series(2)))) == 3)
    }

    @Test("fall into the bucket whose bound they do not exceed, and the last one takes the rest")
    func buckets() {
        var table = HistogramTable.seconds([0.1, 1], rows: 1)
        for value: Int64 in [-5, 0, 100_000_000, 100_000_001, 1_000_000_000, 9_000_000_000] {
            table.observe(nanoseconds: value, row: 0)
        }
        #expect(Array(table.counts(row: 0)) == [3, 2, 1])
        #expect(table.sum(row: 0) == 10_200_000_001)
    }

    @Test("are written with escaped labels; equal labels are one histogram, cumulative and with its sum")
    func written() {
        var table = HistogramTable.seconds([0.1, 1], rows: 3)
        table.observe(nanoseconds: 50_000_000, row: 0)
        table.observe(nanoseconds: 500_000_000, row: 2)
        var text = MetricsWriter()
        let labels = MetricsWriter.labels([("a", "q\"\\\n{}\r\n")])
        text.histogram("h_seconds", "Help.", [(table, [labels, "a=\"unused\"", labels])])
        #expect(
            text.text == """
                # HELP h_seconds Help.
                # TYPE h_seconds histogram
                h_seconds_bucket{a="q\\"\\\\\\n{}\r\\n",le="0.1"} 1
                h_seconds_bucket{a="q\\"\\\\\\n{}\r\\n",le="1.0"} 2
                h_seconds_bucket{a="q\\"\\\\\\n{}\r\\n",le="+Inf"} 2
                h_seconds_sum{a="q\\"\\\\\\n{}\r\\n"} 0.55
                h_seconds_count{a="q\\"\\\\\\n{}\r\\n"} 2

                """)
    }

    @Test("of a request cost no allocation once its row is there")
    func cheap() {
        var metrics = GenAIMetrics()
        let row = metrics.row(of: Self.series(1))
        let start = ContinuousClock.now
        for value in 0..<1_000_000 {
            metrics.inputTokens.observe(UInt64(value & 0xFFF), row: row)
            metrics.requests.observe(nanoseconds: Int64(value) * 1_000, row: row)
        }
        print("two observations: \((ContinuousClock.now - start) / 1_000_000)")
        #expect(metrics.requests.count(row: row) == 1_000_000)
    }
}
