// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// A fact that is to be taken in together with others.
package struct PendingFact {
    /// What became known.
    package var fact: Fact
    /// Makes the ledger's entry from the instant and the fact's number.
    package var entry: (Instant, UInt64) -> [UInt8]

    package init(_ fact: Fact, entry: @escaping (Instant, UInt64) -> [UInt8]) {
        self.fact = fact
        self.entry = entry
    }
}
