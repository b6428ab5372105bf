// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("The share of a workload that a migration moves")
struct MigrationBucketTests {
    private let salt = MigrationBucket.salt(of: "exodus")

    /// Whether a share moves what a seed stands for.
    private func moves(_ seed: UInt64, percent: Int) -> Bool {
        Int(MigrationBucket.number(of: seed, salt: salt)) < percent * MigrationBucket.perPercent
    }

    @Test("the share is within one percent of what was asked for, whatever the seeds look like")
    func share() {
        let seeds: [(String, (UInt64) -> UInt64)] = [
            ("counted", { $0 }), ("in the upper half", { $0 << 32 }), ("random", { _ in .random(in: 0...UInt64.max) }),
        ]
        for (name, seed) in seeds {
            let buckets = (0..<100_000).map { MigrationBucket.number(of: seed($0), salt: salt) }
            #expect(buckets.allSatisfy { $0 < MigrationBucket.count })
            for percent in [1, 10, 25, 50, 75, 90, 99, 100] {
                let moved = buckets.count { Int($0) < percent * MigrationBucket.perPercent }
                #expect(abs(moved - percent * 1_000) <= 1_000, "\(name), \(percent) percent moves \(moved)")
            }
        }
    }

    @Test("a growing share moves nothing back, and a shrinking one returns the last moved first")
    func monotone() {
        for seed in UInt64(0)..<2_000 {
            let steps = (0...100).map { moves(seed, percent: $0) }
            #expect(steps.first == false && steps.last == true)
            // Once moved, moved at every larger share: so the steps down undo the steps up.
            #expect(zip(steps, steps.dropFirst()).allSatisfy { !$0 || $1 })
        }
    }

    @Test("the parts are the same on every machine and in every release")
    func stable() {
        let numbers = [0, 1, 2, .max].map { MigrationBucket.number(of: $0, salt: salt) }
        #expect(numbers == [3677, 6658, 5296, 2104])
        #expect(MigrationBucket.salt(of: "") == 0xCBF2_9CE4_8422_2325)
        #expect(MigrationBucket.salt(of: "a") == 0xAF63_DC4C_8601_EC8C)
    }

    @Test("two migrations don't move the same conversations first")
    func independent() {
        let other = MigrationBucket.salt(of: "return")
        let seeds = (UInt64(0)..<100_000).filter { moves($0, percent: 10) }
        let both = seeds.count { MigrationBucket.number(of: $0, salt: other) < 1_000 }
        #expect(abs(both - seeds.count / 10) <= seeds.count / 50)
    }
}
