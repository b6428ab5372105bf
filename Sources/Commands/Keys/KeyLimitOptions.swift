// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Service

/// What a key may use, as options.
struct KeyLimitOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The models that it may ask for, between commas, such as gpt-5,o4-*; none for every model.",
            valueName: "list"))
    var models: String?

    @Option(help: ArgumentHelp("Requests per minute, or none.", valueName: "count"))
    var rpm: String?

    @Option(help: ArgumentHelp("Tokens per minute, or none.", valueName: "count"))
    var tpm: String?

    @Option(help: ArgumentHelp("Requests in flight at once, or none.", valueName: "count"))
    var concurrent: String?

    @Option(
        help: ArgumentHelp("What it may spend, such as '50 USD/month' or '2 EUR/day', or none.", valueName: "amount"))
    var budget: String?

    var order: KeyLimitsOrder {
        KeyLimitsOrder(models: models, rpm: rpm, tpm: tpm, concurrent: concurrent, budget: budget)
    }
}
