// SPDX-License-Identifier: Apache-2.0

extension ExclusivityClause {
    func words(about requests: String) -> [String] {
        switch aspect {
        case .hosting:
            ["\(Wording.capitalised(requests)) are served on \(cloud) and on no other cloud."]
        case .distribution:
            ["Of all clouds only \(cloud) may be the channel of \(requests)."]
        case .licensing:
            ["For \(requests) nobody but \(cloud) may hold a licence; it decides no placement."]
        case .capacity:
            ["New capacity for \(requests) comes from \(cloud) alone; it decides no placement."]
        }
    }
}
