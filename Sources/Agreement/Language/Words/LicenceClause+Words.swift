// SPDX-License-Identifier: Apache-2.0

extension LicenceClause {
    func words(about requests: String, _ wording: Wording) -> [String] {
        let subject = subjects.isEmpty ? "" : " to \(Wording.list(subjects))"
        let excluded = exclusions.isEmpty ? "" : ", without \(Wording.list(exclusions))"
        let through = channels.isEmpty ? "" : " in the channels \(Wording.list(channels))"
        return [
            "\(wording.party(licensor)) gives \(wording.party(licensee)) \(isExclusive ? "an exclusive" : "a") licence"
                + "\(subject)\(excluded).",
            "On clouds that \(wording.party(licensee)) operates, models of \(publisher) may serve "
                + "\(requests)\(through) while it holds; outside its term they are forbidden there.",
            runOffMilliseconds == 0
                ? "Nothing survives its end."
                : "Use may run off for \(Wording.duration(runOffMilliseconds)) after its end.",
        ]
    }
}
