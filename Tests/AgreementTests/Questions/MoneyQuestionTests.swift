// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

// What the clauses say; what follows in money is computed elsewhere.
@Suite("Questions about money")
struct MoneyQuestionTests {
    private let spend = "kind: spend-commitment, payer: openai, payee: microsoft, amount: 250 billion USD"
    private let share =
        "kind: revenue-share, payer: openai, payee: microsoft, currency: USD, rate: 20%, period: quarter"
    private let base = ", base: {measure: recognised-revenue, includes: [api, other-clouds]}"

    private func spendClause(_ fields: String) throws -> SpendCommitmentClause {
        guard case .spendCommitment(let clause) = try SampleAgreement.clause(spend + fields).kind else {
            throw WrongKind()
        }
        return clause
    }

    private func shareClause(_ fields: String) throws -> RevenueShareClause {
        guard case .revenueShare(let clause) = try SampleAgreement.clause(share + fields).kind else {
            throw WrongKind()
        }
        return clause
    }

    private struct WrongKind: Error {}

    private func missing(_ fields: String) -> [String] {
        SampleAgreement.reading(instruments: SampleAgreement.instrument(fields)).diagnostics.map(\.message)
    }

    @Test("Question 16: what a commitment comes on top of must be said, and spend counts once unless it is shared")
    func incremental() throws {
        #expect(
            missing(spend + ", counted_at: list, credits: before") == [
                "`incremental_to` is missing in a clause of the kind `spend-commitment`"
            ])
        let rest = ", counted_at: list, credits: before"
        #expect(try spendClause(", incremental_to: none" + rest).sharedWith == [])
        #expect(
            try spendClause(", incremental_to: {baseline: Spend of 2025}" + rest).incrementalTo
                == .baseline("Spend of 2025"))
    }

    @Test("Question 17: a base names what it includes, net of tax, refunds and credits, and of fees only if it says so")
    func base17() throws {
        #expect(missing(share) == ["`base` is missing in a clause of the kind `revenue-share`"])
        #expect(missing(share + ", base: {measure: recognised-revenue}") == ["`includes` is missing in a base"])
        let clause = try shareClause(base)
        #expect(clause.base.includes == ["api", "other-clouds"])
        #expect(clause.base.netOf == [.tax, .refunds, .credits])
    }

    @Test("Question 18: a refund reopens a cap's headroom, unless the clause keeps it")
    func refunds() throws {
        let cap = ", cap: {amount: 38 billion USD, basis: gross, counts_from: 2026-04-27"
        #expect(try shareClause(base + cap + "}").cap?.onRefund == .reopen)
        #expect(try shareClause(base + cap + ", on_refund: keep}").cap?.onRefund == .keep)
    }

    @Test("Question 19: a cap must say from when payments count, which may be before the clause")
    func countsFrom() throws {
        #expect(
            missing(share + base + ", cap: {amount: 38 billion USD, basis: gross}") == [
                "`counts_from` is missing in a cap"
            ])
        let earlier = try shareClause(
            base + ", cap: {amount: 38 billion USD, basis: net, counts_from: 2023-01-23}")
        #expect(earlier.cap?.countsFrom.description == "2023-01-23")
    }

    @Test("Question 20: a commitment must say at which price spend counts, and whether before or after credits")
    func countedAt() throws {
        #expect(
            missing(spend + ", incremental_to: none") == [
                "`counted_at` is missing in a clause of the kind `spend-commitment`",
                "`credits` is missing in a clause of the kind `spend-commitment`",
            ])
        let clause = try spendClause(
            ", incremental_to: none, counted_at: billed, credits: after, eligible: {marketplace: 25%}")
        #expect(clause.countedAt == .billed && clause.credits == .after)
        #expect(clause.eligibility.marketplace.description == "25%")
    }
}
