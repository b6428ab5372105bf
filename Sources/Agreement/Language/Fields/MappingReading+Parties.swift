// SPDX-License-Identifier: Apache-2.0

extension MappingReading {
    /// Refuses one party in two roles that need two; at the later of the two keys.
    func refuseSameParty(in first: String, and second: String, offending: String) {
        context.error(
            .samePartyTwice, at: place(of: second), offending: offending,
            message: "`\(second)` is the same party as `\(first)`", expected: "two different parties",
            mend: "check who owes what to whom")
    }
}
