// SPDX-License-Identifier: Apache-2.0

extension SufficiencyClause {
    func words(about requests: String) -> [String] {
        let needed =
            switch require {
            case .either: "what the request itself met, or a window of earlier signals"
            case .both: "both what the request itself met and a window of earlier signals"
            case .request: "what the request itself met"
            case .window: "a window of earlier signals"
            }
        var sentences = ["For \(requests), that \(cloud) lacks capacity is shown by \(needed)."]
        sentences.append(
            counts.contains(.ownQuota)
                ? "What counts: that the provider has no capacity\(counts.contains(.noCapacity) ? ", or" : " does not;") "
                    + "that the quota there is used up, as more was refused (\(quotaRefusal ?? "no refusal on file"))."
                : "What counts: that the provider says it has no capacity.")
        if require != .window {
            let again =
                retries == 0
                ? ""
                : ", and again on \(Wording.count(Int64(retries), "further try", plural: "further tries")) after the "
                    + "waits that it stated"
            sentences.append(
                "What the request itself must have met: such an answer from the last lane of \(cloud) that may serve "
                    + "it\(again).")
        }
        if require != .request {
            sentences.append(
                "A window opens with \(Wording.count(Int64(windowSignals), "signal")) within "
                    + "\(Wording.duration(windowWithinMilliseconds)), can be relied on for "
                    + "\(Wording.duration(timeToLiveMilliseconds)) after the last one, and closes with "
                    + "\(Wording.count(Int64(recoverySuccesses), "success", plural: "successes")) "
                    + "in a row.")
        }
        return sentences
    }
}
