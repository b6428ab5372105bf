// SPDX-License-Identifier: Apache-2.0

extension ClauseKind {
    static let rightOfFirstRefusal: ClauseKind = {
        let holder = Field.required("holder", .reference(.party), "the party that has the right.")
        let cloud = Field.required("cloud", .reference(.cloud), "the holder's cloud, on which it would supply.")
        let trigger = Field.required("trigger", triggerType, "the new capacity that must be offered first.")
        let window = Field.required(
            "response_window", windowType, "how long the holder may take to answer, from the complete offer.")
        let onSilence = Field.defaulted(
            "on_silence", ValueType<RightOfFirstRefusalClause.Silence>.word, to: .lapse, written: "lapse",
            "what an offer without an answer becomes.")
        let partial = Field.defaulted(
            "partial", ValueType<RightOfFirstRefusalClause.Partial>.word, to: .allOrNothing,
            written: "all-or-nothing", "whether the holder may take a part of it.")
        let match = Field.optional(
            "match", ValueType<String>.text, "what it takes to match the third party, in the paper's words.")
        let reOffer = Field.defaulted(
            "re_offer", ValueType<RightOfFirstRefusalClause.ReOffer>.word, to: .onImprovedTerms,
            written: "on-improved-terms", "whether changed terms of the third party are offered anew.")
        let validity = Field.optional(
            "validity", ValueType<Int64>.duration(3_600_000...delayMillisecondsMax),
            "for how long after a decline or lapse the third party's deal may be closed; for ever where it is missing.")
        return ClauseKind(
            name: "right-of-first-refusal",
            summary: "Has new capacity offered to a party before a third party supplies it.",
            fields: [
                holder.description, cloud.description, trigger.description, window.description,
                onSilence.description, partial.description, match.description, reOffer.description,
                validity.description,
            ]
        ) { mapping in
            let readHolder = mapping.value(holder)
            let readCloud = mapping.value(cloud)
            let readTrigger = mapping.value(trigger)
            let readWindow = mapping.value(window)
            let readOnSilence = mapping.value(onSilence)
            let readPartial = mapping.value(partial)
            let readMatch = mapping.value(match)
            let readReOffer = mapping.value(reOffer)
            let readValidity = mapping.value(validity)
            guard let readHolder, let readCloud, let readTrigger, let readWindow, let readOnSilence, let readPartial,
                let readReOffer
            else { return nil }
            return .rightOfFirstRefusal(
                RightOfFirstRefusalClause(
                    holder: readHolder, cloud: readCloud, trigger: readTrigger, responseWindow: readWindow,
                    onSilence: readOnSilence, partial: readPartial, match: readMatch, reOffer: readReOffer,
                    validityMilliseconds: readValidity))
        }
    }()

    private static let delayMillisecondsMax: Int64 = 3_650 * 86_400_000

    private static let triggerType: ValueType<RightOfFirstRefusalClause.Trigger> = {
        let text = Field.required("text", ValueType<String>.text, "the new capacity, in the paper's words.")
        let minimum = Field.optional(
            "at_least", ValueType<Quantity>.quantity, "the smallest capacity that must be offered; any where missing.")
        return FieldTable("a trigger", [text.description, minimum.description]).type { mapping in
            let readText = mapping.value(text)
            let readMinimum = mapping.value(minimum)
            return readText.map { RightOfFirstRefusalClause.Trigger(text: $0, minimum: readMinimum) }
        }
    }()

    /// `{business_days: N, calendar: ID}` or a duration.
    private static let windowType: ValueType<RightOfFirstRefusalClause.ResponseWindow> = {
        let days = Field.required(
            "business_days", ValueType<Int64>.integer(1...365).map { Int($0) }, "how many business days.")
        let calendar = Field.required("calendar", .reference(.calendar), "the calendar in which they are counted.")
        let table = FieldTable("a window of business days", [days.description, calendar.description])
        let duration = ValueType<Int64>.duration(60_000...delayMillisecondsMax)
        return ValueType(.either([duration.shape, table.shape])) { node, context in
            guard node.entries != nil else { return duration.read(node, context).map { .milliseconds($0) } }
            guard let mapping = MappingReading(node, table, context) else { return nil }
            let readDays = mapping.value(days)
            let readCalendar = mapping.value(calendar)
            guard let readDays, let readCalendar else { return nil }
            return .businessDays(readDays, calendar: readCalendar)
        }
    }()
}
