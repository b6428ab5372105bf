// SPDX-License-Identifier: Apache-2.0

import Gateway
import Testing

@Suite("Overload")
struct OverloadLimitTests {
    @Test("P35: memory pressure rises at 90 and 97 percent and falls only well below")
    func hysteresis() {
        let memory = MemoryPressure()
        let levels: [(Int, MemoryPressure.Level)] = [
            (0, .normal), (89, .normal), (90, .high), (86, .high), (96, .high), (97, .critical), (93, .critical),
            (91, .high), (85, .high), (84, .normal), (89, .normal), (99, .critical), (10, .normal),
        ]
        for (percent, level) in levels {
            #expect(memory.note(residentBytes: percent * 1_000, ceiling: 100_000) == level, "\(percent) %")
            #expect(memory.level == level)
        }
    }

    @Test("P35: bodies never claim more than the budget, over many threads, and give all of it back")
    func bodies() async {
        let budget = BodyBudget()
        let bytesMax = 1_000_000
        await withTaskGroup(of: Void.self) { group in
            for seed in 0..<8 {
                group.addTask {
                    var random = SplitMix(seed: UInt64(seed))
                    for _ in 0..<2_000 {
                        guard let claim = budget.claim(Int.random(in: 1...300_000, using: &random), under: bytesMax)
                        else { continue }
                        _ = claim.grow(to: Int.random(in: 1...400_000, using: &random), under: bytesMax)
                        #expect(claim.bytes <= bytesMax)
                    }
                }
            }
        }
        #expect(budget.bytes == 0)
        let all = budget.claim(bytesMax, under: bytesMax)
        #expect(all != nil)
        #expect(budget.claim(1, under: bytesMax) == nil)
        #expect(all?.grow(to: bytesMax + 1, under: bytesMax) == false)
        #expect(budget.bytes == bytesMax)
    }
}
