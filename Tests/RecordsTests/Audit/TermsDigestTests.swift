// SPDX-License-Identifier: Apache-2.0

import Agreement
import Records
import Testing

@Suite("The digest of terms")
struct TermsDigestTests {
    @Test("The digest changes with anything that is in force, and with nothing else")
    func digest() throws {
        let terms = try SyntheticLog().facts.terms(at: SyntheticLog.noon, includingObserved: true)
        #expect(terms.digest() == terms.digest())
        #expect(terms.digest().count == 32)
        let changes: [(inout Terms) -> Void] = [
            { $0.validFrom = $0.validFrom.advanced(byNanoseconds: 1) },
            { $0.validUntil = $0.validUntil.advanced(byNanoseconds: -1) }, { $0.agreements[0].id = "other" },
            { $0.agreements[0].operators["azure"] = "other" }, { $0.agreements[0].operators["azure"] = nil },
            { $0.clauses[0].clause.id = "other" }, { $0.clauses[0].instrument = "other" },
            { $0.clauses[0].from = $0.clauses[0].from.advanced(byNanoseconds: 1) },
            { $0.clauses[0].to = $0.clauses[0].to.advanced(byNanoseconds: -1) }, { $0.clauses[0].isLapsed = true },
            { $0.clauses = [] }, { $0.clauses.append($0.clauses[0]) }, { $0.agreements.append($0.agreements[0]) },
        ]
        var digests = [terms.digest()]
        for change in changes {
            var changed = terms
            change(&changed)
            digests.append(changed.digest())
        }
        #expect(Set(digests).count == digests.count)
    }
}
