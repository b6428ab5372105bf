// SPDX-License-Identifier: Apache-2.0

/// One agreement as read from its file: a named deal between parties, and the list of its instruments.
package struct AgreementDocument: Sendable, Equatable {
    /// The identifier, from the key `agreement`.
    package var id: String
    /// The title for people.
    package var title: String
    /// The IANA name of the zone in which the dates of the file are days.
    package var timezone: String
    /// The parties, ordered by identifier.
    package var parties: [Party]
    /// The clouds that the agreement speaks of, ordered by identifier.
    package var clouds: [CloudDeclaration]
    /// The events that may end a period, ordered by identifier.
    package var events: [EventDeclaration]
    /// The calendars in which clauses count business days, ordered by identifier.
    package var calendars: [BusinessCalendar]
    /// The signed papers, in the file's order.
    package var instruments: [Instrument]

    package init(
        id: String, title: String, timezone: String, parties: [Party], clouds: [CloudDeclaration],
        events: [EventDeclaration], calendars: [BusinessCalendar] = [], instruments: [Instrument]
    ) {
        self.id = id
        self.title = title
        self.timezone = timezone
        self.parties = parties
        self.clouds = clouds
        self.events = events
        self.calendars = calendars
        self.instruments = instruments
    }
}
