// SPDX-License-Identifier: Apache-2.0

package import Agreement

extension PeopleEvidence {
    /// The record in one line.
    package var summary: String {
        let who = "recorded \(recorded) by \(provenance.recordedBy) for \(provenance.party)"
        let paper = provenance.documentName.map { ", on \($0)" } ?? ""
        return "\(subject.summary), \(who)\(provenance.secondedBy.map { " and \($0)" } ?? "")\(paper)"
    }
}

extension PeopleEvidence.Subject {
    /// What is recorded, in words.
    fileprivate var summary: String {
        switch self {
        case .decline(let decline):
            let answer =
                decline.answered.map { "answered \($0)" }
                ?? "asked \(decline.requested?.description ?? "") and silent"
            return "\(decline.cloud) declined \(Self.named(decline.features, decline.models)), \(answer)"
        case .support(let support):
            return "\(support.cloud) supports \(Self.named(support.features, support.models)) from \(support.from)"
        case .launch(let launch):
            return "\(launch.model) \(launch.milestone.name) on \(launch.cloud) at \(launch.at)"
        case .event(let report):
            return "\(report.agreement)/\(report.event) \(report.step.name), effective \(report.effective)"
        case .override(let override):
            return "override to \(override.cloud) from \(override.from) until \(override.until): \(override.reason)"
        case .offer(let offer):
            return "offer \(offer.id) of \(offer.quantity) under \(offer.agreement)/\(offer.clause) at \(offer.offered)"
                + (offer.isComplete ? "" : ", not complete")
        case .offerAnswer(let answer):
            let part = answer.quantity.map { " for \($0)" } ?? ""
            return "offer \(answer.offer) under \(answer.agreement) \(answer.kind.name)\(part) at \(answer.at)"
        case .meterReading(let reading):
            return "meter \(reading.meter) showed \(reading.value) at \(reading.at), good until \(reading.until)"
        case .notice(let notice):
            let under = notice.clause.map { "\(notice.agreement)/\($0)" } ?? notice.agreement
            return "notice under \(under) served on \(notice.to) at \(notice.served): \(notice.about)"
        case .migration(let report):
            return "migration \(report.migration) \(report.step.summary), effective \(report.effective)"
        case .revocation(let of): return "evidence \(of) revoked"
        case .attestation(let of): return "evidence \(of) attested to"
        }
    }

    private static func named(_ features: FeatureSet, _ models: [String]) -> String {
        features.featureNames.joined(separator: ", ") + (models.isEmpty ? "" : " of " + models.joined(separator: ", "))
    }
}

extension MigrationReport.Step {
    fileprivate var summary: String {
        switch self {
        case .opened(let opening):
            "opened from \(opening.from) to \(opening.to) on the ground \(opening.ground.name), \(opening.percent) percent"
        case .moved(let percent): "moves \(percent) percent"
        case .closed(let reason): "closed: \(reason)"
        }
    }
}
