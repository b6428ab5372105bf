// SPDX-License-Identifier: Apache-2.0

extension ClauseKind {
    static let licence: ClauseKind = {
        let licensor = Field.required("licensor", .reference(.party), "the party that grants.")
        let licensee = Field.required(
            "licensee", .reference(.party), "the party that may serve; only clouds that it operates are limited.")
        let publisher = Field.required(
            "publisher", ValueType<String>.identifier, "the publisher of the models, as the workload names it.")
        let subjects = Field.defaulted(
            "subjects", ValueType<String>.identifier.list(1...ValueLimits.listItemsMax).orWord("none", []), to: [],
            written: "none", "what is licensed, as the paper calls it.")
        let excludes = Field.defaulted(
            "excludes", ValueType<String>.identifier.list(1...ValueLimits.listItemsMax).orWord("none", []), to: [],
            written: "none", "what the paper keeps out of the licence.")
        let exclusive = Field.required(
            "exclusive", ValueType<Bool>.boolean, "whether the paper calls the licence exclusive.")
        let channels = Field.defaulted(
            "channels", ValueType<String>.identifier.list(1...ValueLimits.listItemsMax).orWord("all", []), to: [],
            written: "all", "the channels that the licence covers; all where it is missing.")
        let runOff = Field.defaulted(
            "run_off", .duration(0...runOffMillisecondsMax), to: 0, written: "0s",
            "how long after the end existing use may run off.")
        return ClauseKind(
            name: "licence", summary: "Lets a party serve a publisher's models on its clouds, for a term.",
            fields: [
                licensor.description, licensee.description, publisher.description, subjects.description,
                excludes.description, exclusive.description, channels.description, runOff.description,
            ]
        ) { mapping in
            let readLicensor = mapping.value(licensor)
            let readLicensee = mapping.value(licensee)
            let readPublisher = mapping.value(publisher)
            let readSubjects = mapping.value(subjects)
            let readExcludes = mapping.value(excludes)
            let readExclusive = mapping.value(exclusive)
            let readChannels = mapping.value(channels)
            let readRunOff = mapping.value(runOff)
            guard let readLicensor, let readLicensee, let readPublisher, let readSubjects, let readExcludes,
                let readExclusive, let readChannels, let readRunOff
            else { return nil }
            mapping.refuseExcludedAndIncluded(readSubjects, in: "subjects", and: "excludes")
            if readLicensor == readLicensee {
                mapping.refuseSameParty(in: "licensor", and: "licensee", offending: readLicensee)
            }
            return .licence(
                LicenceClause(
                    licensor: readLicensor, licensee: readLicensee, publisher: readPublisher, subjects: readSubjects,
                    exclusions: readExcludes, isExclusive: readExclusive, channels: readChannels,
                    runOffMilliseconds: readRunOff))
        }
    }()

    private static let runOffMillisecondsMax: Int64 = 3_650 * 86_400_000
}
