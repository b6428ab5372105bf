// SPDX-License-Identifier: Apache-2.0

import Agreement
import Benchmark
import CAllocationCount

/// What one decision costs, with 20 clauses and 6 deployments: at most 500 ns and no allocation (`make bench`).
let benchmarks: @Sendable () -> Void = {
    let allocations = BenchmarkMetric.custom(
        "allocations", polarity: .prefersSmaller, useScalingFactor: false)
    unsafe Benchmark.defaultConfiguration = Benchmark.Configuration(
        metrics: [.wallClock, .instructions, allocations], timeUnits: .nanoseconds, scalingFactor: .kilo,
        maxDuration: .seconds(3),
        thresholds: [allocations: BenchmarkThresholds(absolute: [.p90: 0])])
    let unarmed = concordat_allocation_count()
    blackHole([Int](repeating: 1, count: 100))
    precondition(concordat_allocation_count() > unarmed, "allocations are not counted on this system")
    for state in DecideScenario.State.allCases {
        let scenario = DecideScenario(state)
        Benchmark("decide-\(state.rawValue)") { benchmark in
            var listed = 0
            let before = concordat_allocation_count()
            benchmark.startMeasurement()
            for _ in benchmark.scaledIterations { listed &+= scenario.decide() }
            benchmark.stopMeasurement()
            let after = concordat_allocation_count()
            // The measurement's own bookkeeping allocates a few times a thousand decisions; a decision that did would
            // show at least once each.
            benchmark.measurement(allocations, Int(after - before) / benchmark.scaledIterations.count)
            blackHole(listed)
        }
    }
}
