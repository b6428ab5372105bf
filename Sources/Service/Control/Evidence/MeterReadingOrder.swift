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

    func subject() throws(ServiceError) -> PeopleEvidence.Subject {
        .meterReading(
            MeterReading(
                meter: try EvidenceValue.identifier(meter, "meter"),
                value: try EvidenceValue.quantity(value, "value"), at: try EvidenceValue.instant(at, "at"),
                until: try EvidenceValue.instant(until, "until")))
    }
}
