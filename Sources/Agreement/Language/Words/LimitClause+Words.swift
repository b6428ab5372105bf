// SPDX-License-Identifier: Apache-2.0

extension LimitClause {
    func words(about requests: String, _ wording: Wording) -> [String] {
        let place =
            switch reach {
            case .everywhere: "everywhere"
            case .clouds(let clouds): "on \(Wording.list(clouds))"
            case .operatedBy(let party): "on clouds that \(wording.party(party)) operates"
            }
        return [
            "\(Wording.capitalised(requests)) are forbidden \(place) once the latest reading of \(meter) "
                + "(\(measures)) is more than \(atMost).",
            onMissing == .permit
                ? "While there is no reading they are permitted." : "While there is no reading they are forbidden.",
        ]
    }
}
