// SPDX-License-Identifier: Apache-2.0

internal import Gateway
package import Store

/// What a virtual key shall use from now on, in the words of the command; what is `nil` stays as it is.
package struct KeyLimitsOrder: Codable, Sendable, Equatable {
    /// Takes a limit away.
    package static let none = "none"
    /// How many names of models a key may have.
    static let modelsMax = 64
    /// The largest rates and counts.
    private static let requestsMax: Int64 = 1_000_000_000
    private static let tokensMax: Int64 = 1_000_000_000_000

    /// Names of models between commas.
    package var models: String?
    package var rpm: String?
    package var tpm: String?
    package var concurrent: String?
    package var budget: String?

    package init(
        models: String? = nil, rpm: String? = nil, tpm: String? = nil, concurrent: String? = nil, budget: String? = nil
    ) {
        self.models = models
        self.rpm = rpm
        self.tpm = tpm
        self.concurrent = concurrent
        self.budget = budget
    }

    /// Whether nothing is asked for.
    package var isEmpty: Bool { self == KeyLimitsOrder() }

    /// The limits as they are when the order was carried out.
    ///
    /// - Parameter limits: what the key may use so far.
    /// - Returns: what it may use from now on.
    /// - Throws: `usage` where a value can't be.
    package func applied(to limits: StoredKeyLimits = StoredKeyLimits()) throws(ServiceError) -> StoredKeyLimits {
        var limits = limits
        if let models { limits.models = try Self.models(models) }
        if let rpm { limits.rpm = try Self.number(rpm, "--rpm", max: Self.requestsMax) }
        if let tpm { limits.tpm = try Self.number(tpm, "--tpm", max: Self.tokensMax) }
        if let concurrent { limits.concurrent = try Self.number(concurrent, "--concurrent", max: Self.requestsMax) }
        if let budget {
            guard budget != Self.none else {
                limits.budget = nil
                return limits
            }
            guard let read = KeyBudget(text: budget) else {
                throw ServiceError(
                    .usage,
                    "'\(budget)' is no budget; write an amount, a currency and a period, such as '50 USD/month' or "
                        + "'2.50 EUR/day', or none.")
            }
            limits.budget = read.description
        }
        return limits
    }

    private static func models(_ text: String) throws(ServiceError) -> [String]? {
        guard text != none else { return nil }
        let names = text.split(separator: ",", omittingEmptySubsequences: false).map { name in
            String(name.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
        guard names.count <= modelsMax,
            names.allSatisfy({ !$0.isEmpty && $0.utf8.count <= KeyOrder.textBytesMax && !$0.dropLast().contains("*") }),
            names.allSatisfy({ $0.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F } })
        else {
            throw ServiceError(
                .usage,
                "'\(text)' is no list of models; write names between commas, with a * at the end where the rest may be "
                    + "anything, such as gpt-5,o4-*, at most \(modelsMax), or none for every model.")
        }
        return names
    }

    private static func number(_ text: String, _ option: String, max: Int64) throws(ServiceError) -> Int64? {
        guard text != none else { return nil }
        guard let number = Int64(text), (1...max).contains(number) else {
            throw ServiceError(
                .usage, "'\(text)' is no value of \(option); write a whole number from 1 to \(max), or none.")
        }
        return number
    }
}

extension KeyLimits {
    /// The limits as they were stored.
    init(_ stored: StoredKeyLimits) {
        self.init(
            models: stored.models ?? [], requestsPerMinute: stored.rpm, tokensPerMinute: stored.tpm,
            concurrentMax: stored.concurrent, budget: stored.budget.flatMap { KeyBudget(text: $0) })
    }
}
