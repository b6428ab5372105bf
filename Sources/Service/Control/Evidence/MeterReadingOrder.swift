// SPDX-License-Identifier: Apache-2.0

internal import Agreement

/// What a meter showed.
package struct MeterReadingOrder: SubjectOrder {
    package var meter: String
    /// A number, a space and a unit.
    package var value: String
    package var at: String
    package var until: String

    package init(meter: String, value: String, at: String, until: String) {
        self.meter = meter
        self.value = value
        self.at = at
        self.until = until
    }

    private func reading() throws(ServiceError) -> MeterReading {
        MeterReading(
            meter: try EvidenceValue.identifier(meter, "meter"), value: try EvidenceValue.quantity(value, "value"),
            at: try EvidenceValue.instant(at, "at"), until: try EvidenceValue.instant(until, "until"))
    }

    func subject() throws(ServiceError) -> PeopleEvidence.Subject {
        let reading = try reading()
        guard reading.until > reading.at else {
            throw ServiceError(
                .usage,
                "The reading is good until \(reading.until), which is not after it was made at \(reading.at); "
                    + "give a later --until.")
        }
        return .meterReading(reading)
    }

    func check(_ known: KnownFacts) throws(ServiceError) {
        let limits = known.facts.agreements.values.flatMap { known.periods(of: $0) }
            .filter { $0.to > known.now }
            .compactMap { period -> LimitClause? in
                if case .limit(let limit) = period.clause.kind { limit } else { nil }
            }
        let units = Set(limits.filter { $0.meter == meter }.map(\.atMost.unit)).sorted()
        guard !units.isEmpty else {
            let meters = Set(limits.map(\.meter)).sorted()
            throw ServiceError(
                .usage,
                "No limit clause that is or will be in force names the meter '\(meter)'; "
                    + (meters.isEmpty ? "none names any." : "named are \(meters.joined(separator: ", "))."))
        }
        let unit = try reading().value.unit
        guard units.contains(unit) else {
            throw ServiceError(
                .usage,
                "The meter \(meter) is limited in \(units.joined(separator: " and ")), so that a reading in \(unit) "
                    + "would count for nothing; convert it.")
        }
    }
}
