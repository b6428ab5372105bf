// SPDX-License-Identifier: Apache-2.0

extension Plan {
    /// When a cloud has declined, or been silent about, one of the features that the workload needs.
    ///
    /// - Parameters:
    ///   - cloud: the cloud that is asked.
    ///   - features: what the workload needs.
    ///   - rules: how answers and silence count.
    ///   - people: what was recorded.
    /// - Returns: one span for each record that counts, in the order of the records.
    func declines(
        by cloud: String, of features: FeatureSet, rules: SupportRequest.Rules, people: [PeopleEvidence]
    ) -> [TimedEvidence] {
        var courses: [(feature: FeatureSet, revision: UInt64, request: SupportRequest)] = []
        for record in people {
            switch record.subject {
            case .decline(let decline) where decline.cloud == cloud && decline.models.covers(model):
                for index in courses.indices where decline.features.contains(courses[index].feature) {
                    courses[index].request.take(answer: decline, recorded: record.recorded)
                }
                for feature in features.intersection(decline.features).single {
                    courses.append(
                        (
                            feature, record.revision,
                            SupportRequest(decline, recorded: record.recorded, rules: rules)
                        ))
                }
            case .support(let support) where support.cloud == cloud && support.models.covers(model):
                for index in courses.indices where support.features.contains(courses[index].feature) {
                    courses[index].request.take(support: support, recorded: record.recorded)
                }
            default:
                break
            }
        }
        var found: [TimedEvidence] = []
        for course in courses {
            guard let ground = course.request.ground else { continue }
            // Features of one record begin together and may end apart.
            if let last = found.last, last.revision == course.revision {
                found[found.count - 1].until = max(last.until, ground.until)
            } else {
                found.append(TimedEvidence(from: ground.from, until: ground.until, revision: course.revision))
            }
        }
        return found
    }
}

extension [String] {
    /// Whether a list of models, of which none means all, has a model.
    fileprivate func covers(_ model: String) -> Bool {
        isEmpty || contains(model)
    }
}

extension FeatureSet {
    /// The sets of one feature each.
    fileprivate var single: [FeatureSet] {
        (0..<UInt16(FeatureSet.names.count)).map { FeatureSet(rawValue: 1 << $0) }.filter { contains($0) }
    }
}
