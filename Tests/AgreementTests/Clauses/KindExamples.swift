// SPDX-License-Identifier: Apache-2.0

/// For each kind of clause the fewest fields that make one.
enum KindExamples {
    static let fewest: [String: String] = [
        "primary-cloud": "cloud: azure, meaning: try-first",
        "exclusivity": "aspect: hosting, cloud: azure",
        "launch-first": "cloud: azure",
        "right-of-first-refusal":
            "holder: microsoft, cloud: azure, trigger: {text: New capacity}, response_window: 30d",
        "sufficiency": "cloud: azure",
        "decline": "cloud: azure",
        "licence": "licensor: openai, licensee: microsoft, publisher: openai, exclusive: false",
        "residency": "regions: [eu-*]",
        "limit": "meter: compute, of: Compute used, at_most: 1e26 FLOP, on_missing: permit",
        "revenue-share":
            "payer: openai, payee: microsoft, currency: USD, rate: 20%, period: quarter, "
            + "base: {measure: recognised-revenue, includes: [api]}",
        "spend-commitment":
            "payer: openai, payee: microsoft, amount: 250 billion USD, incremental_to: none, counted_at: list, "
            + "credits: before",
        "capacity-commitment": "supplier: microsoft, customer: openai, quantity: 2 GW, nature: firm",
        "price-terms":
            "seller: microsoft, buyer: openai, currency: USD, rates: {input: {price: 2.5 USD, per: 1000 tokens}}",
        "event-definition":
            "event: agi-verified, declared_by: openai, effective_at: declaration, reversal: irrevocable",
        "statement": "issuer: openai, recipient: microsoft, period: quarter, due: 30d, disputable_for: 60d",
        "audit": "auditor: microsoft, audited: openai, notice: 30d, lookback_months: 24, retention_months: 36",
    ]
}
