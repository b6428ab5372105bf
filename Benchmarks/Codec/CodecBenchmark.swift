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

    /// Runs one thing many times, and counts what it allocates each time.
    func measure(_ name: String, _ body: @escaping @Sendable () -> Int) {
        Benchmark(name) { benchmark in
            var sum = 0
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

    let head = CodecScenario.requestHead
    measure("request-head") { CodecScenario.readHead(head, .requests) }
    let answer = CodecScenario.answerHead
    measure("answer-head") { CodecScenario.readHead(answer, .answers) }
    let chat = CodecScenario.chatBody
    measure("chat-scan-1KB") { CodecScenario.scanChat(chat) }
    let completion = CodecScenario.completionBody
    measure("answer-scan-700B") { ResponseScanner.scan(completion.span).usage == nil ? 0 : 1 }
    let event = CodecScenario.event
    measure("stream-event") { CodecScenario.readEvent(event) }
    let decision = CodecScenario.decisionEntry
    measure("decision-entry") { decision.encoded().count }
    let placement = CodecScenario.placementEntry
    measure("placement-entry") { placement.encoded().count }
}
