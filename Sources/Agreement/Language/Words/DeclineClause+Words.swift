// SPDX-License-Identifier: Apache-2.0

extension DeclineClause {
    func words(about requests: String) -> [String] {
        let asked = request == .required ? ", after support was asked for on record" : ""
        let notice =
            noticeMilliseconds == 0 ? "from its answer on" : "\(Wording.duration(noticeMilliseconds)) after its answer"
        return [
            "For \(requests), that \(cloud) declined a feature may be relied on \(notice)\(asked).",
            silenceMilliseconds.map {
                "A request for support that stays unanswered for \(Wording.duration($0)) counts as declined."
            } ?? "Silence never counts as declining.",
            revocationMilliseconds.map {
                $0 == 0
                    ? "The cloud \(cloud) may take it back at any time."
                    : "The cloud \(cloud) may take it back; it may still be relied on for "
                        + "\(Wording.duration($0)) then."
            } ?? "It cannot be taken back.",
        ]
    }
}
