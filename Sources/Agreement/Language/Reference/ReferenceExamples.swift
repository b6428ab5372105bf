// SPDX-License-Identifier: Apache-2.0

/// One example of each kind of clause, as it stands in a file.
enum ReferenceExamples {
    /// The top of the file in which the examples stand.
    static let header = """
        agreement: example
        timezone: America/Los_Angeles
        parties:
          openai: {name: OpenAI}
          microsoft: {name: Microsoft}
        clouds:
          azure: {operator: microsoft}
          aws: {operator: amazon}
        events:
          agi-verified: {declared_by: openai, verified_by: expert-panel}
        calendars:
          us-business: {weekend: [saturday, sunday], holidays: [2026-01-01, 2026-12-25]}

        """

    /// The clause of a kind, one key a line.
    static let clauses: [String: String] = [
        "primary-cloud": """
        id: primary
        kind: primary-cloud
        cloud: azure
        meaning: try-first
        spill_on: {all_of: [capacity, declined]}
        applies_to: {surface: api, product: {not_in: [national-security-api]}}
        """,
        "exclusivity": """
        id: api-on-azure
        kind: exclusivity
        aspect: hosting
        cloud: azure
        applies_to: {surface: api}
        until: {event: agi-verified}
        """,
        "launch-first": """
        id: first-on-azure
        kind: launch-first
        cloud: azure
        lead: {days: 14}
        exception: {any_of: [capacity, declined]}
        cure: 30d
        """,
        "right-of-first-refusal": """
        id: new-capacity
        kind: right-of-first-refusal
        holder: microsoft
        cloud: azure
        trigger: {text: New capacity for training, at_least: 0.5 GW}
        response_window: {business_days: 10, calendar: us-business}
        match: The same price and the same dates
        validity: 90d
        """,
        "sufficiency": """
        id: azure-cannot
        kind: sufficiency
        cloud: azure
        require: both
        request: {retries: 1}
        window: {signals: 3, within: 30s, time_to_live: 5m}
        """,
        "decline": """
        id: azure-declines
        kind: decline
        cloud: azure
        request: required
        notice: 5d
        silence: 30d
        """,
        "licence": """
        id: licence
        kind: licence
        licensor: openai
        licensee: microsoft
        publisher: openai
        subjects: [models, products]
        excludes: [consumer-hardware]
        exclusive: false
        through: 2032-12-31
        """,
        "residency": """
        id: in-europe
        kind: residency
        regions: [eu-*, uk-south]
        applies_to: {data_class: personal}
        """,
        "limit": """
        id: compute
        kind: limit
        meter: training-compute
        of: Compute used to train with the licensed models
        at_most: 1e26 FLOP
        on_missing: permit
        operated_by: microsoft
        """,
        "revenue-share": """
        id: share
        kind: revenue-share
        payer: openai
        payee: microsoft
        currency: USD
        rate: 20%
        base: {measure: recognised-revenue, includes: [api, chat, other-clouds]}
        period: quarter
        due: 45d
        cap: {amount: 38 billion USD, basis: gross, counts_from: 2026-04-27}
        through: 2030-12-31
        assumed: [rate, base, period, due, cap]
        """,
        "spend-commitment": """
        id: commitment
        kind: spend-commitment
        payer: openai
        payee: microsoft
        amount: 1.2 billion USD
        incremental_to: none
        counted_at: contracted
        credits: before
        steps:
          - {from: 2026-01-01, through: 2026-12-31, amount: 115 million USD}
          - {from: 2027-01-01, through: 2027-12-31, amount: 1085 million USD}
        rollover: {at_most: 15%}
        through: 2027-12-31
        """,
        "capacity-commitment": """
        id: capacity
        kind: capacity-commitment
        supplier: microsoft
        customer: openai
        cloud: azure
        quantity: 2 GW
        nature: firm
        ramp:
          - {by: 2026-12-31, quantity: 0.5 GW}
          - {by: 2027-12-31, quantity: 2 GW}
        take_or_pay: 80%
        """,
        "price-terms": """
        id: prices
        kind: price-terms
        seller: microsoft
        buyer: openai
        currency: USD
        rates:
          input-tokens: {price: 2.5 USD, per: 1000000 tokens}
        discount: 15%
        list: the public list of Azure
        most_favoured: alert
        """,
        "event-definition": """
        id: agi
        kind: event-definition
        event: agi-verified
        declared_by: openai
        verified_by: expert-panel
        effective_at: verification
        reversal: {on_challenge_within: 90d}
        """,
        "statement": """
        id: statements
        kind: statement
        issuer: openai
        recipient: microsoft
        period: quarter
        due: 30d
        disputable_for: 60d
        """,
        "audit": """
        id: books
        kind: audit
        auditor: microsoft
        audited: openai
        notice: 30d
        per_year: 1
        lookback_months: 24
        retention_months: 36
        tolerance: 5%
        """,
    ]
}
