// SPDX-License-Identifier: Apache-2.0

extension PriceTermsClause {
    func words(_ wording: Wording) -> [String] {
        let (from, to) = (wording.party(seller), wording.party(buyer))
        var sentences: [String] = []
        if !rates.isEmpty {
            sentences.append(
                "\(to) pays \(from): " + rates.map { "\($0.price) for \($0.per) of \($0.item)" }.joined(separator: "; ")
                    + ".")
        }
        if let discount {
            sentences.append("Off \(list ?? "the list") \(to) gets \(discount.words).")
        }
        if let holdThrough {
            sentences.append("\(list ?? "The list") does not rise for \(to) through \(holdThrough).")
        }
        if mostFavoured == .alert {
            sentences.append("A better price for somebody else is reported to people; no price changes by itself.")
        }
        return sentences
    }
}
