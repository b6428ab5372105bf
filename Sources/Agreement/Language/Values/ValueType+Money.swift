// SPDX-License-Identifier: Apache-2.0

extension ValueType where Value == MoneyAmount {
    /// An amount that can be paid.
    package static var money: ValueType<MoneyAmount> {
        ValueType(.money) { node, context in
            guard let amount = read(node, context) else { return nil }
            guard amount.isWholeInMinorUnits else {
                let digits = amount.currency.minorDigits
                context.error(
                    .invalidMoney, at: node.place, offending: node.summary,
                    message: "the amount is finer than the smallest unit of \(amount.currency)",
                    expected: digits == 0 ? "no decimals" : "at most \(digits) decimals",
                    mend: "write an amount that can be paid; only prices may be finer")
                return nil
            }
            return amount
        }
    }

    /// A price of something, which may be finer than the currency's smallest unit.
    package static var price: ValueType<MoneyAmount> {
        ValueType(.money) { node, context in read(node, context) }
    }

    private static func read(_ node: YAMLNode, _ context: ReadingContext) -> MoneyAmount? {
        guard let text = node.text, !node.isMissing else {
            context.wrongShape(node, expected: .money)
            return nil
        }
        guard let amount = MoneyAmount(text: text), amount.femtoUnits > 0 else {
            let isZero = MoneyAmount(text: text) != nil
            let code = text.split(separator: " ").last.map(String.init) ?? ""
            let isUnknownCurrency =
                code.utf8.count == 3 && code.utf8.allSatisfy { (0x41...0x5A).contains($0) }
                && Currency(code: code) == nil
            context.error(
                .invalidMoney, at: node.place, offending: text,
                message: isZero
                    ? "the amount is zero"
                    : isUnknownCurrency ? "ISO 4217 has no currency `\(code)`" : "the value is no amount of money",
                expected: FieldShape.money.expectation,
                mend: isZero
                    ? "write an amount above zero, or leave the term out"
                    : isUnknownCurrency
                        ? "write the currency's code, such as USD or EUR"
                        : "write digits without separators, `million` or `billion` if needed, and the currency")
            return nil
        }
        return amount
    }
}

extension ValueType where Value == Percentage {
    /// A part of a whole within bounds.
    package static func percentage(_ range: ClosedRange<Percentage>) -> ValueType<Percentage> {
        ValueType(.percentage(range)) { node, context in
            guard let text = node.text, !node.isMissing else {
                context.wrongShape(node, expected: .percentage(range))
                return nil
            }
            guard let value = Percentage(text: text), range.contains(value) else {
                let isOutOfRange = Percentage(text: text) != nil
                let isNumber = DecimalDigits.scaled(text[...], scale: 9) != nil
                context.error(
                    .invalidPercentage, at: node.place, offending: text,
                    message: isOutOfRange ? "the percentage is out of range" : "the value is no percentage",
                    expected: FieldShape.percentage(range).expectation,
                    mend: isNumber
                        ? "add the sign: `\(text)%`"
                        : isOutOfRange
                            ? "check the number against the paper"
                            : "write digits with at most seven decimals, and `%`")
                return nil
            }
            return value
        }
    }

    /// More than nothing, and at most the whole.
    package static var share: ValueType<Percentage> {
        percentage(Percentage(partsPerBillion: 1)...Percentage.whole)
    }
}

extension ValueType where Value == Currency {
    /// A currency by its code.
    package static var currency: ValueType<Currency> {
        ValueType(.currency) { node, context in
            guard let text = node.text, !node.isMissing else {
                context.wrongShape(node, expected: .currency)
                return nil
            }
            guard let currency = Currency(code: text) else {
                context.error(
                    .invalidMoney, at: node.place, offending: text, message: "ISO 4217 has no currency `\(text)`",
                    expected: FieldShape.currency.expectation,
                    mend: "write the code of three capitals")
                return nil
            }
            return currency
        }
    }
}
