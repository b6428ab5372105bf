// SPDX-License-Identifier: Apache-2.0

extension ResidencyClause {
    func words(about requests: String) -> [String] {
        let subject =
            clouds.isEmpty ? Wording.capitalised(requests) : "On \(Wording.list(clouds, "or")), \(requests)"
        return ["\(subject) are served in no region but one that \(ValuePattern.words(regions))."]
    }
}
