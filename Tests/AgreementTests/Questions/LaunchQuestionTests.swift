// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Questions about launches")
struct LaunchQuestionTests {
    private func clause(_ fields: String = "") throws -> LaunchFirstClause {
        let clause = try SampleAgreement.clause("kind: launch-first, cloud: azure" + fields)
        guard case .launchFirst(let launchFirst) = clause.kind else {
            Issue.record("not the kind that was written")
            return LaunchFirstClause(cloud: "", lead: .sameInstant, exception: .never)
        }
        return launchFirst
    }

    @Test("Question 11: the launch is general availability, strictly earlier, unless the clause says otherwise")
    func launch() throws {
        #expect(try clause().launch == .generalAvailability)
        #expect(try clause().lead == .milliseconds(0))
        #expect(try clause(", lead: none") == clause())
        #expect(try clause(", lead: same-instant-ok, launch: preview").launch == .preview)
    }

    @Test("Question 12: versions and fine-tunes follow their base, unless the clause asks for launches of their own")
    func derivatives() throws {
        #expect(try clause().derivatives == .followBase)
        #expect(try clause(", derivatives: own").derivatives == .own)
    }

    @Test("Question 13: a partner's own delay lifts the embargo only where `cure` says so")
    func cure() throws {
        #expect(try clause().cureMilliseconds == nil)
        #expect(try clause(", cure: 30d").cureMilliseconds == 30 * 86_400_000)
    }
}
