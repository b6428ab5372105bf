// SPDX-License-Identifier: Apache-2.0

package import Agreement

extension PeopleEvidence {
    /// The record in one line.
    package var summary: String {
        let who = "recorded \(recorded) by \(provenance.recordedBy) for \(provenance.party)"
        let paper = provenance.documentName.map { ", on \($0)" } ?? ""
        switch subject {
        case .decline(let decline):
            let models = decline.models.isEmpty ? "" : " of " + decline.models.joined(separator: ", ")
            let answer =
                decline.answered.map { "answered \($0)" }
                ?? "asked \(decline.requested?.description ?? "") and silent"
            let features = decline.features.featureNames.joined(separator: ", ")
            return "\(decline.cloud) declined \(features)\(models), \(answer), \(who)\(paper)"
        case .launch(let launch):
            return "\(launch.model) generally available on \(launch.cloud) at \(launch.at), \(who)\(paper)"
        case .event(let report):
            return "\(report.agreement)/\(report.event) \(report.step.name), effective \(report.effective), "
                + "\(who)\(paper)"
        case .override(let override):
            return "override to \(override.cloud) from \(override.from) until \(override.until): "
                + "\(override.reason), \(who) and \(provenance.secondedBy ?? "")\(paper)"
        case .revocation(let of): return "evidence \(of) revoked, \(who)\(paper)"
        }
    }
}
