// SPDX-License-Identifier: Apache-2.0

extension ClauseKind {
    static let licence: ClauseKind = {
        let licensor = Field.required("licensor", .reference(.party), "the party that grants.")
        let licensee = Field.required(
            "licensee", .reference(.party), "the party that may serve; only clouds that it operates are limited.")
        let publisher = Field.required(
            "publisher", ValueType<String>.identifier, "the publisher of the models, as the workload names it.")
        let subjects = Field.defaulted(
            "subjects", ValueType<String>.identifier.list(1...ValueLimits.listItemsMax), to: [], written: "[]",
            "what is licensed, as the paper calls it.")
        let exclusive = Field.required(
            "exclusive", ValueType<Bool>.boolean, "whether the paper calls the licence exclusive.")
        let channels = Field.defaulted(
            "channels", ValueType<String>.identifier.list(1...ValueLimits.listItemsMax), to: [], written: "[]",
            "the channels that the licence covers; all where it is missing.")
        let runOff = Field.defaulted(
            "run_off", .duration(0...runOffMillisecondsMax), to: 0, written: "0s",
            "how long after the end existing use may run off.")
        return ClauseKind(
            name: "licence", summary: "Lets a party serve a publisher's models on its clouds, for a term.",
            fields: [
                licensor.description, licensee.description, publisher.description, subjects.description,
                exclusive.description, channels.description, runOff.description,
            ]
        ) { mapping in
            let readLicensor = mapping.value(licensor)
            let readLicensee = mapping.value(licensee)
            let readPublisher = mapping.value(publisher)
            let readSubjects = mapping.value(subjects)
            let readExclusive = mapping.value(exclusive)
            let readChannels = mapping.value(channels)
            let readRunOff = mapping.value(runOff)
            guard let readLicensor, let readLicensee, let readPublisher, let readSubjects, let readExclusive,
                let readChannels, let readRunOff
            else { return nil }
            return .licence(
                LicenceClause(
                    licensor: readLicensor, licensee: readLicensee, publisher: readPublisher, subjects: readSubjects,
                    isExclusive: readExclusive, channels: readChannels, runOffMilliseconds: readRunOff))
        }
    }()

    private static let runOffMillisecondsMax: Int64 = 3_650 * 86_400_000
}
