// SPDX-License-Identifier: Apache-2.0

extension ClauseKind {
    static let sufficiency: ClauseKind = {
        let defaults = SufficiencyClause.defaults(cloud: "")
        let cloud = Field.required("cloud", .reference(.cloud), "the cloud whose capacity is in question.")
        let require = Field.defaulted(
            "require", ValueType<SufficiencyClause.Requirement>.word, to: defaults.require,
            written: defaults.require.rawValue, "which of the two parts must hold: `request`, `window`, one, or both.")
        let counts = Field.defaulted(
            "counts", ValueType<SufficiencyClause.Signal>.word.list(1...SufficiencyClause.Signal.allCases.count),
            to: defaults.counts, written: "[no-capacity]", "the signals that count.")
        let quotaRefusal = Field.optional(
            "quota_refusal", ValueType<String>.text, "the dated refusal of a quota request; needed for `own-quota`.")
        let request = Field.defaulted(
            "request", requestType, to: defaults.retries, written: "{retries: 0}",
            "what the request itself must have met.")
        let window = Field.defaulted(
            "window", windowType, to: WindowFields(defaults), written: "{signals: 1, within: 1m, time_to_live: 1m}",
            "when later requests may rely on the evidence.")
        let recovery = Field.defaulted(
            "recovery", recoveryType, to: defaults.recoverySuccesses, written: "{successes: 3}",
            "what closes a window.")
        return ClauseKind(
            name: "sufficiency", summary: "Says what counts as evidence that a cloud lacks capacity.",
            fields: [
                cloud.description, require.description, counts.description, quotaRefusal.description,
                request.description, window.description, recovery.description,
            ]
        ) { mapping in
            let readCloud = mapping.value(cloud)
            let readRequire = mapping.value(require)
            let readCounts = mapping.value(counts)
            let readQuotaRefusal = mapping.value(quotaRefusal)
            let readRequest = mapping.value(request)
            let readWindow = mapping.value(window)
            let readRecovery = mapping.value(recovery)
            guard let readCloud, let readRequire, let readCounts, let readRequest, let readWindow, let readRecovery
            else { return nil }
            checkQuota(readCounts, refusal: readQuotaRefusal, mapping)
            return .sufficiency(
                SufficiencyClause(
                    cloud: readCloud, require: readRequire, counts: readCounts, quotaRefusal: readQuotaRefusal,
                    retries: readRequest, windowSignals: readWindow.signals,
                    windowWithinMilliseconds: readWindow.withinMilliseconds,
                    timeToLiveMilliseconds: readWindow.timeToLiveMilliseconds, recoverySuccesses: readRecovery))
        }
    }()

    private static func checkQuota(_ counts: [SufficiencyClause.Signal], refusal: String?, _ mapping: MappingReading) {
        if counts.contains(.ownQuota), mapping.keyPlace(of: "quota_refusal") == nil {
            mapping.context.error(
                .quotaRefusalMissing, at: mapping.place(of: "counts"), offending: "own-quota",
                message: "a used-up quota is no lack of capacity while more could be asked for",
                expected: "`quota_refusal`: the dated refusal of a quota request",
                mend: "add `quota_refusal`, or delete `own-quota`")
        }
        if !counts.contains(.ownQuota), let refusal {
            mapping.context.warning(
                .quotaRefusalUnused, at: mapping.place(of: "quota_refusal"), offending: refusal,
                message: "the refusal has no effect, because `counts` does not have `own-quota`",
                expected: "`counts: [no-capacity, own-quota]`", mend: "add `own-quota` to `counts`, or delete the key")
        }
    }

    private struct WindowFields: Sendable {
        var signals: Int
        var withinMilliseconds: Int64
        var timeToLiveMilliseconds: Int64

        init(_ clause: SufficiencyClause) {
            signals = clause.windowSignals
            withinMilliseconds = clause.windowWithinMilliseconds
            timeToLiveMilliseconds = clause.timeToLiveMilliseconds
        }
    }

    private static let requestType: ValueType<Int> = {
        let retries = Field.required(
            "retries", ValueType<Int64>.integer(0...8).map { Int($0) },
            "how often the primary's last lane is tried again.")
        return FieldTable("the request part", [retries.description]).type { $0.value(retries) }
    }()

    private static let recoveryType: ValueType<Int> = {
        let successes = Field.required(
            "successes", ValueType<Int64>.integer(1...30).map { Int($0) }, "how many successes in a row.")
        return FieldTable("the recovery", [successes.description]).type { $0.value(successes) }
    }()

    private static let windowType: ValueType<WindowFields> = {
        let defaults = WindowFields(.defaults(cloud: ""))
        let spans = ValueType<Int64>.duration(1_000...86_400_000)
        let signals = Field.defaulted(
            "signals", ValueType<Int64>.integer(1...Int64(CapacityWindow.signalsMax)).map { Int($0) },
            to: defaults.signals, written: "1", "how many signals open the window.")
        let within = Field.defaulted(
            "within", spans, to: defaults.withinMilliseconds, written: "1m", "within how long they must fall.")
        let timeToLive = Field.defaulted(
            "time_to_live", spans, to: defaults.timeToLiveMilliseconds, written: "1m",
            "how long after its last signal the window can be relied on.")
        return FieldTable("the window part", [signals.description, within.description, timeToLive.description]).type {
            mapping in
            var fields = defaults
            fields.signals = mapping.value(signals) ?? defaults.signals
            fields.withinMilliseconds = mapping.value(within) ?? defaults.withinMilliseconds
            fields.timeToLiveMilliseconds = mapping.value(timeToLive) ?? defaults.timeToLiveMilliseconds
            return fields
        }
    }()
}
