// SPDX-License-Identifier: Apache-2.0

extension ClauseKind {
    static let decline: ClauseKind = {
        let cloud = Field.required("cloud", .reference(.cloud), "the cloud that may decline.")
        let notice = Field.defaulted(
            "notice", .duration(0...delayMillisecondsMax), to: 0, written: "0s",
            "how long after the answer a decline may be relied on.")
        let silence = Field.optional(
            "silence", ValueType<Int64>.duration(1_000...delayMillisecondsMax),
            "how long a request for support may stay unanswered before silence counts; never where it is missing.")
        return ClauseKind(
            name: "decline", summary: "Says how a cloud declines to support a feature.",
            fields: [cloud.description, notice.description, silence.description]
        ) { mapping in
            let readCloud = mapping.value(cloud)
            let readNotice = mapping.value(notice)
            let readSilence = mapping.value(silence)
            guard let readCloud, let readNotice else { return nil }
            return .decline(
                DeclineClause(cloud: readCloud, noticeMilliseconds: readNotice, silenceMilliseconds: readSilence))
        }
    }()

    private static let delayMillisecondsMax: Int64 = 3_650 * 86_400_000
}
