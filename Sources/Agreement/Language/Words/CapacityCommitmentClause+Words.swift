// SPDX-License-Identifier: Apache-2.0

extension CapacityCommitmentClause {
    func words(_ wording: Wording) -> [String] {
        let (from, to) = (wording.party(supplier), wording.party(customer))
        let place = cloud.map { " on \($0)" } ?? ""
        let supply =
            switch nature {
            case .firm: "\(from) supplies \(quantity) to \(to)\(place), and \(to) takes it."
            case .option: "\(to) may have \(quantity) from \(from)\(place), if it asks."
            case .upTo: "\(from) supplies up to \(quantity) to \(to)\(place); no quantity is owed."
            }
        var sentences = [supply]
        if !ramp.isEmpty {
            sentences.append(
                "It grows: " + ramp.map { "\($0.quantity) by \($0.by)" }.joined(separator: "; ") + ".")
        }
        if nature == .firm {
            sentences.append(
                takeOrPay.map { "\($0) of it is paid whether it is used or not." }
                    ?? "Only what is used is paid.")
        }
        return sentences
    }
}
