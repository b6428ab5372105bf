// SPDX-License-Identifier: Apache-2.0

#if CONCORDAT_BENCHMARKS
internal import Foundation
internal import Gateway

/// What the ledger costs is measured against one that drops its entries. Only builds for benchmarks have it.
extension LedgerPort {
    /// The variable that turns the ledger off, with the value `off`.
    private static let variable = "CONCORDAT_BENCHMARK_LEDGER"

    /// This port, or one that takes every entry as written and drops it.
    var unlessTurnedOff: LedgerPort {
        guard ProcessInfo.processInfo.environment[Self.variable] == "off" else { return self }
        return LedgerPort(
            isStrict: false, append: { _ in .accepted(0) }, appendLater: { _ in .accepted(0) },
            appendAll: { _ in .accepted(0) }, isCrowded: { false }, storeObject: { _ in },
            isAvailable: { true }, durableSequence: durableSequence, countUnrecorded: { _, _ in })
    }
}
#endif
