// SPDX-License-Identifier: Apache-2.0

import Agreement
import Benchmark
import CAllocationCount
import Records
import Wire

/// What a relayed request costs in the codec and the scanners, and what its two ledger entries cost (`make bench`).
let benchmarks: @Sendable () -> Void = {
    let allocations = BenchmarkMetric.custom(
        "allocations", polarity: .prefersSmaller, useScalingFactor: false)
    unsafe Benchmark.defaultConfiguration = Benchmark.Configuration(
        metrics: [.wallClock, .instructions, allocations], timeUnits: .nanoseconds, scalingFactor: .kilo,
        maxDuration: .seconds(2))
    let unarmed = concordat_allocation_count()
    blackHole([Int](repeating: 1, count: 100))
    precondition(concordat_allocation_count() > unarmed, "allocations are not counted on this system")

    /// Runs one thing many times, and counts what it allocates each time; `make` prepares what is kept between them.
    func measure(_ name: String, _ make: @escaping @Sendable () -> () -> Int) {
        Benchmark(name) { benchmark in
            var sum = 0
            let body = make()
            sum &+= body()
            let before = concordat_allocation_count()
            benchmark.startMeasurement()
            for _ in benchmark.scaledIterations { sum &+= body() }
            benchmark.stopMeasurement()
            let after = concordat_allocation_count()
            // The measurement's own bookkeeping allocates a few times a thousand iterations, which the division drops.
            benchmark.measurement(allocations, Int(after - before) / benchmark.scaledIterations.count)
            blackHole(sum)
        }
    }

    measure("request-head") { CodecScenario.headReading(of: CodecScenario.requestHead, .requests) }
    measure("answer-head") { CodecScenario.headReading(of: CodecScenario.answerHead, .answers) }
    measure("chat-scan-1KB") {
        let body = CodecScenario.chatBody
        return { CodecScenario.scanChat(body) }
    }
    measure("answer-scan-700B") {
        let body = CodecScenario.completionBody
        return { ResponseScanner.usage(in: body.span) == nil ? 0 : 1 }
    }
    measure("stream-event") {
        let event = CodecScenario.event
        return { CodecScenario.readEvent(event) }
    }
    measure("decision-entry") { CodecScenario.encoding(CodecScenario.decisionEntry) }
    measure("placement-entry") { CodecScenario.encoding(CodecScenario.placementEntry) }
}
