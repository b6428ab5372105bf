// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Service

/// An instant as people write it on a command line: an instant, or a day in an agreement's zone.
enum InstantText {
    /// Reads an instant, or the first instant of a day.
    ///
    /// - Parameters:
    ///   - text: `2026-04-27T00:00:00-07:00` or `2026-04-27`.
    ///   - option: the option's name, for the refusal.
    ///   - zone: the zone of the days.
    /// - Returns: the instant.
    /// - Throws: `usage` for other texts.
    static func read(_ text: String, _ option: String, in zone: DayZone) throws -> Instant {
        if let day = CivilDate(text: text), DateLimits.years.contains(day.year) { return zone.start(of: day) }
        if let instant = Instant(rfc3339: text), DateLimits.years.contains(zone.day(of: instant).year) {
            return instant
        }
        throw ServiceError(
            .usage,
            "--\(option) is a day such as 2026-04-27, or an instant such as 2026-04-27T00:00:00Z, of the years "
                + "\(DateLimits.years.lowerBound) to \(DateLimits.years.upperBound), not '\(text)'.")
    }

    /// The zone of the first of some agreements; UTC where there is none.
    static func zone(of documents: [AgreementDocument]) -> DayZone {
        documents.first.flatMap { DayZone(named: $0.timezone) } ?? .utc
    }
}
