// SPDX-License-Identifier: Apache-2.0

/// Reads the top of an agreement's file, and with the names declared there its instruments.
enum HeaderReading {
    private static let agreement = Field.required(
        "agreement", ValueType<String>.identifier, "the agreement's identifier.")
    private static let title = Field.optional(
        "title", ValueType<String>.text, "the title for people; the identifier where it is missing.")
    private static let timezone = Field.required(
        "timezone", zoneType, "the IANA zone in which the dates of the file are days.")
    private static let parties = Field.required(
        "parties", partyType.keyed(1...ValueLimits.listItemsMax), "who signs, operates, pays or verifies.")
    private static let clouds = Field.required(
        "clouds", cloudType.keyed(1...ValueLimits.listItemsMax), "the clouds that the agreement speaks of.")
    private static let events = Field.defaulted(
        "events", eventType.keyed(1...ValueLimits.listItemsMax).orWord("none", []), to: [], written: "none",
        "what may happen and end a period.")
    private static let calendars = Field.defaulted(
        "calendars", CalendarReading.type.keyed(1...ValueLimits.listItemsMax).orWord("none", []), to: [],
        written: "none", "the calendars in which clauses count business days.")
    private static let instruments = Field.required(
        "instruments", InstrumentReading.type.list(1...ValueLimits.clausesMax), "the signed papers.")

    /// The keys of the file.
    static let table = FieldTable(
        "an agreement",
        [
            agreement.description, title.description, timezone.description, parties.description, clouds.description,
            events.description, calendars.description, instruments.description,
        ])

    /// Reads the whole document; `nil` after an error that leaves nothing to return.
    static func read(_ root: YAMLNode, _ context: ReadingContext) -> AgreementDocument? {
        guard let mapping = MappingReading(root, table, context) else { return nil }
        let id = mapping.value(agreement)
        let titleText = mapping.value(title)
        // The names first, wherever they stand in the file: everything below refers to them.
        declareKeys(of: "parties", in: .party, mapping)
        declareKeys(of: "clouds", in: .cloud, mapping)
        declareKeys(of: "events", in: .event, mapping)
        declareKeys(of: "calendars", in: .calendar, mapping)
        let zone = mapping.value(timezone)
        if let zone { context.zone = zone }
        let readParties = mapping.value(parties)
        let readClouds = mapping.value(clouds)
        let readEvents = mapping.value(events)
        let readCalendars = mapping.value(calendars)
        checkOperators(readClouds ?? [], parties: (readParties ?? []).map(\.id), mapping)
        let faults = context.errorCount
        guard let placed = mapping.value(instruments) else { return nil }
        // Where a clause could not be read, what refers to it would only be blamed for the same fault again.
        if context.errorCount == faults {
            TimelineCheck(placed, context).run()
            ReferenceCheck(placed, context).run()
            TermCheck.run(placed, context)
            MeterCheck.run(placed, context)
        }
        OperatorCheck.run(placed, clouds: readClouds ?? [], context)
        let eventDeclarations = (readEvents ?? []).map {
            EventDeclaration(id: $0.id, declaredBy: $0.value.declaredBy, verifiedBy: $0.value.verifiedBy)
        }
        EventCheck.run(placed, events: eventDeclarations, context)
        guard let id, let zone, let readParties, let readClouds, readEvents != nil, let readCalendars else {
            return nil
        }
        let document = AgreementDocument(
            id: id, title: titleText ?? id, timezone: zone.name,
            parties: readParties.map { Party(id: $0.id, name: $0.value.name, affiliates: $0.value.affiliates) },
            clouds: readClouds.map { CloudDeclaration(id: $0.id, operatedBy: $0.value) },
            events: eventDeclarations,
            calendars: readCalendars.map {
                BusinessCalendar(id: $0.id, weekend: $0.value.weekend, holidays: $0.value.holidays)
            },
            instruments: placed.map(\.instrument))
        if context.errorCount == faults { EventCheck.checkOverlaps(placed, of: document, context) }
        return document
    }

    // Names count as declared also where what is said about them is wrong, so that one fault is told once.
    private static func declareKeys(of name: String, in space: NameSpace, _ mapping: MappingReading) {
        let node = mapping.node(of: name)
        if node == nil || node?.entries != nil || node?.text == "none" {
            mapping.context.declare(node?.entries?.map(\.key) ?? [], in: space)
        }
    }

    private static func checkOperators(
        _ clouds: [(id: String, value: String)], parties: [String], _ mapping: MappingReading
    ) {
        for cloud in clouds where !parties.contains(cloud.value) {
            guard let near = Resemblance.nearest(to: cloud.value, among: parties),
                let declaration = mapping.node(of: "clouds")?.entry(cloud.id)?.value.entry("operator")
            else { continue }
            mapping.context.warning(
                .operatorResemblesParty, at: declaration.value.place, offending: cloud.value,
                message: "the operator is no declared party, but resembles `\(near)`",
                expected: "a declared party, or the name of somebody who did not sign",
                mend: "write `\(near)` if that party operates the cloud")
        }
    }

    private static let zoneType = ValueType<DayZone>(.timeZone) { node, context in
        guard let name = ValueType<String>.text.read(node, context) else { return nil }
        guard let zone = DayZone(named: name) else {
            let near = Resemblance.nearest(to: name, among: DayZone.knownNames).map { "did you mean `\($0)`?" }
            context.error(
                .unknownTimeZone, at: node.place, offending: name,
                message: "the IANA time zone database has no such zone",
                expected: "a name such as America/Los_Angeles, Europe/Paris or UTC",
                mend: near ?? "write the zone of a city; abbreviations and offsets do not say when clocks change")
            return nil
        }
        return zone
    }

    private struct PartyFields: Sendable {
        var name: String
        var affiliates: [String]
    }

    private static let partyType: ValueType<PartyFields> = {
        let name = Field.required("name", ValueType<String>.text, "the name for people.")
        let affiliates = Field.defaulted(
            "affiliates", ValueType<String>.text.list(1...ValueLimits.listItemsMax).orWord("none", []), to: [],
            written: "none", "the companies that count as part of it, by name; nobody else does.")
        return FieldTable("a party", [name.description, affiliates.description]).type { mapping in
            let readName = mapping.value(name)
            let readAffiliates = mapping.value(affiliates)
            guard let readName, let readAffiliates else { return nil }
            return PartyFields(name: readName, affiliates: readAffiliates)
        }
    }()

    private static let cloudType: ValueType<String> = {
        let operatedBy = Field.required(
            "operator", ValueType<String>.identifier, "the party that operates it, or the name of another company.")
        return FieldTable("a cloud", [operatedBy.description]).type { $0.value(operatedBy) }
    }()

    private struct EventFields: Sendable {
        var declaredBy: String
        var verifiedBy: String?
    }

    private static let eventType: ValueType<EventFields> = {
        let declaredBy = Field.required("declared_by", .reference(.party), "the party that declares that it happened.")
        let verifiedBy = Field.optional(
            "verified_by", ValueType<String>.identifier, "who verifies the declaration before it counts.")
        return FieldTable("an event", [declaredBy.description, verifiedBy.description]).type { mapping in
            let readDeclaredBy = mapping.value(declaredBy)
            let readVerifiedBy = mapping.value(verifiedBy)
            guard let readDeclaredBy else { return nil }
            return EventFields(declaredBy: readDeclaredBy, verifiedBy: readVerifiedBy)
        }
    }()
}
