// SPDX-License-Identifier: Apache-2.0

extension LaunchFirstClause {
    func words(about requests: String) -> [String] {
        let moment =
            switch lead {
            case .milliseconds(0): "only after \(cloud) has launched it"
            case .milliseconds(let lead): "only from \(Wording.duration(lead)) after \(cloud) launched it"
            case .sameInstant: "from the instant at which \(cloud) launches it, not before"
            }
        let milestone =
            switch launch {
            case .generalAvailability: "general availability"
            case .preview: "the preview"
            case .firstBillableRequest: "the first billable request"
            }
        var sentences = [
            "For \(requests), another cloud may serve a model \(moment).",
            "What counts as the launch is \(milestone).",
            derivatives == .followBase
                ? "Versions and fine-tunes share the launch of their base."
                : "Versions and fine-tunes need a launch of their own.",
            exception.words(of: cloud).map { "Other clouds need not wait when \($0)." }
                ?? "Nothing spares other clouds the wait.",
        ]
        sentences.append(
            cureMilliseconds.map {
                "Nor need they wait for a model that \(cloud) has not launched \(Wording.duration($0)) after it was "
                    + "handed over."
            } ?? "A delay of \(cloud) itself spares nobody the wait.")
        return sentences
    }
}
