// SPDX-License-Identifier: Apache-2.0

extension ClauseKind {
    static let primaryCloud: ClauseKind = {
        let cloud = Field.required("cloud", .reference(.cloud), "the primary cloud.")
        let meaning = Field.required(
            "meaning", ValueType<PrimaryCloudClause.Meaning>.word,
            "what \"primary\" obliges to: trying there first, a share of the whole, or nothing.")
        let spillOn = Field.defaulted(
            "spill_on", ValueType<GroundCondition>.groundCondition.orWord("none", .never), to: .never,
            written: "none", "the grounds on which a request may leave; none where it is missing.")
        let majority = Field.optional("majority", majorityType, "the share; with `majority-share` alone.")
        return ClauseKind(
            name: "primary-cloud", summary: "Names the cloud that is tried first, and the grounds for leaving it.",
            fields: [cloud.description, meaning.description, spillOn.description, majority.description]
        ) { mapping in
            let readCloud = mapping.value(cloud)
            let readMeaning = mapping.value(meaning)
            let readSpillOn = mapping.value(spillOn)
            let readMajority = mapping.value(majority)
            guard let readCloud, let readMeaning, let readSpillOn else { return nil }
            check(readMeaning, spillOn: readSpillOn, mapping)
            return .primaryCloud(
                PrimaryCloudClause(
                    cloud: readCloud, meaning: readMeaning, spillOn: readSpillOn, majority: readMajority))
        }
    }()

    private static func check(
        _ meaning: PrimaryCloudClause.Meaning, spillOn: GroundCondition, _ mapping: MappingReading
    ) {
        let place = mapping.keyPlace(of: "majority")
        if meaning == .majorityShare, place == nil {
            mapping.context.error(
                .majorityMissing, at: mapping.place(of: "meaning"), offending: meaning.rawValue,
                message: "the clause does not say which share is meant",
                expected: "`majority`: the share, what is counted, and over which period",
                mend: "add `majority: {share: 60%, of: tokens, per: quarter}`, with the numbers of the paper")
        }
        if meaning != .majorityShare, let place {
            mapping.context.error(
                .majorityUnexpected, at: place, offending: "majority",
                message: "a share has no place in a clause that means `\(meaning.rawValue)`",
                expected: "`meaning: majority-share`, or no `majority`", mend: "change the meaning, or delete the key")
        }
        if meaning != .tryFirst, spillOn != .never {
            mapping.context.warning(
                .spillOnUnused, at: mapping.place(of: "spill_on"), offending: meaning.rawValue,
                message: "the grounds have no effect: only `try-first` keeps requests on the primary cloud",
                expected: "`meaning: try-first`, or no `spill_on`", mend: "change the meaning, or delete the key")
        }
    }

    private static let majorityType: ValueType<PrimaryCloudClause.Majority> = {
        let share = Field.required("share", ValueType<Percentage>.share, "at least this part of the whole.")
        let measure = Field.required(
            "of", ValueType<PrimaryCloudClause.Majority.Measure>.word, "what is counted.")
        let period = Field.required("per", ValueType<SettlementPeriod>.word, "over which periods it is counted.")
        let table = FieldTable("a majority", [share.description, measure.description, period.description])
        return table.type { mapping in
            let readShare = mapping.value(share)
            let readMeasure = mapping.value(measure)
            let readPeriod = mapping.value(period)
            guard let readShare, let readMeasure, let readPeriod else { return nil }
            if readShare.partsPerBillion * 2 <= Percentage.whole.partsPerBillion {
                mapping.context.warning(
                    .noMajority, at: mapping.place(of: "share"), offending: readShare.description,
                    message: "the share is no majority: another cloud may have more",
                    expected: "more than 50%", mend: "check the number; where the paper says so, leave it")
            }
            return PrimaryCloudClause.Majority(share: readShare, period: readPeriod, measure: readMeasure)
        }
    }()
}
