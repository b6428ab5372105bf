// SPDX-License-Identifier: Apache-2.0

extension ClauseKind {
    static let decline: ClauseKind = {
        let cloud = Field.required("cloud", .reference(.cloud), "the cloud that may decline.")
        let request = Field.defaulted(
            "request", ValueType<DeclineClause.Request>.word, to: .optional, written: "optional",
            "whether a dated request for support must come first.")
        let notice = Field.defaulted(
            "notice", .duration(0...delayMillisecondsMax), to: 0, written: "0s",
            "how long after the answer a decline may be relied on.")
        let silence = Field.defaulted(
            "silence", ValueType<Int64>.duration(1_000...delayMillisecondsMax).orNothing("never"), to: nil,
            written: "never", "how long a request for support may stay unanswered before silence counts.")
        let revocation = Field.defaulted(
            "revocation", ValueType<Int64>.duration(0...delayMillisecondsMax).orNothing("never"), to: 0,
            written: "0s",
            "how long a decline may still be relied on after the cloud took it back, or `never`: "
                + "it cannot be taken back.")
        return ClauseKind(
            name: "decline", summary: "Says how a cloud declines to support a feature.",
            fields: [
                cloud.description, request.description, notice.description, silence.description,
                revocation.description,
            ]
        ) { mapping in
            let readCloud = mapping.value(cloud)
            let readRequest = mapping.value(request)
            let readNotice = mapping.value(notice)
            let readSilence = mapping.value(silence)
            let readRevocation = mapping.value(revocation)
            guard let readCloud, let readRequest, let readNotice, let readSilence, let readRevocation
            else { return nil }
            return .decline(
                DeclineClause(
                    cloud: readCloud, request: readRequest, noticeMilliseconds: readNotice,
                    silenceMilliseconds: readSilence, revocationMilliseconds: readRevocation))
        }
    }()

    private static let delayMillisecondsMax: Int64 = 3_650 * 86_400_000
}
