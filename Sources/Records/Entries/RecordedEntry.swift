// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// A person recorded evidence.
package struct RecordedEntry: Sendable, Equatable {
    package var at: Instant
    /// The number of the fact.
    package var revision: UInt64
    package var provenance: Provenance
    package var subject: PeopleEvidence.Subject

    package init(at: Instant, revision: UInt64, provenance: Provenance, subject: PeopleEvidence.Subject) {
        self.at = at
        self.revision = revision
        self.provenance = provenance
        self.subject = subject
    }

    // Keys 3 to 8 are the provenance, 9 the kind, and 10 to 16 the kind's own fields.
    package func encoded() -> [UInt8] {
        let optionals =
            [provenance.secondedBy, provenance.documentName].compactMap { $0 }.count
            + (provenance.documentSHA256 == nil ? 0 : 1)
        var writer = RecordWriter(.recorded, at: at, fields: 4 + optionals + subject.fieldCount)
        writer.put(3, revision)
        writer.put(4, provenance.recordedBy)
        writer.put(5, provenance.party)
        if let second = provenance.secondedBy { writer.put(6, second) }
        if let name = provenance.documentName { writer.put(7, name) }
        if let hash = provenance.documentSHA256 { writer.put(8, hash) }
        writer.put(9, subject.code)
        subject.write(to: &writer)
        return writer.finish()
    }

    init(at: Instant, _ reader: inout RecordReader) throws(RecordError) {
        self.at = at
        revision = try reader.unsigned(3)
        provenance = Provenance(recordedBy: try reader.text(4), party: try reader.text(5))
        if reader.has(6) { provenance.secondedBy = try reader.text(6) }
        if reader.has(7) { provenance.documentName = try reader.text(7) }
        if reader.has(8) { provenance.documentSHA256 = try reader.bytes(8) }
        subject = try PeopleEvidence.Subject(code: try reader.unsigned(9), &reader)
    }
}

extension PeopleEvidence.Subject {
    fileprivate var code: UInt64 {
        switch self {
        case .decline: 1
        case .launch: 2
        case .event: 3
        case .override: 4
        case .revocation: 5
        }
    }

    fileprivate var fieldCount: Int {
        switch self {
        case .decline(let decline): 4 + (decline.requested == nil ? 0 : 1) + (decline.answered == nil ? 0 : 1)
        case .launch: 3
        case .event: 4
        case .override(let override): 4 + (override.product == nil ? 0 : 1) + (override.model == nil ? 0 : 1)
        case .revocation: 1
        }
    }

    fileprivate func write(to writer: inout RecordWriter) {
        switch self {
        case .decline(let decline):
            writer.put(10, decline.cloud)
            writer.put(11, decline.features.rawValue)
            writer.put(12, decline.models)
            if let requested = decline.requested { writer.put(13, requested) }
            if let answered = decline.answered { writer.put(14, answered) }
            writer.put(15, decline.until)
        case .launch(let launch):
            writer.put(10, launch.cloud)
            writer.put(11, launch.model)
            writer.put(12, launch.at)
        case .event(let report):
            writer.put(10, report.agreement)
            writer.put(11, report.event)
            writer.put(12, report.step.rawValue)
            writer.put(13, report.effective)
        case .override(let override):
            writer.put(10, override.cloud)
            if let product = override.product { writer.put(11, product) }
            if let model = override.model { writer.put(12, model) }
            writer.put(13, override.from)
            writer.put(14, override.until)
            writer.put(15, override.reason)
        case .revocation(let of):
            writer.put(10, of)
        }
    }

    fileprivate init(code: UInt64, _ reader: inout RecordReader) throws(RecordError) {
        switch code {
        case 1:
            var decline = Decline(
                cloud: try reader.text(10), features: FeatureSet(rawValue: try reader.small(11, as: UInt16.self)),
                models: try reader.texts(12), requested: nil, answered: nil, until: .distantFuture)
            if reader.has(13) { decline.requested = try reader.instant(13) }
            if reader.has(14) { decline.answered = try reader.instant(14) }
            decline.until = try reader.instant(15)
            self = .decline(decline)
        case 2:
            self = .launch(Launch(cloud: try reader.text(10), model: try reader.text(11), at: try reader.instant(12)))
        case 3:
            self = .event(
                EventReport(
                    agreement: try reader.text(10), event: try reader.text(11),
                    step: try reader.word(12, as: EventReport.Step.self), effective: try reader.instant(13)))
        case 4:
            var override = PlacementOverride(
                cloud: try reader.text(10), product: nil, model: nil, from: .distantPast, until: .distantFuture,
                reason: "")
            if reader.has(11) { override.product = try reader.text(11) }
            if reader.has(12) { override.model = try reader.text(12) }
            override.from = try reader.instant(13)
            override.until = try reader.instant(14)
            override.reason = try reader.text(15)
            self = .override(override)
        case 5:
            self = .revocation(of: try reader.unsigned(10))
        default:
            throw RecordError(.value, "Evidence of kind \(code) is not known to this release.")
        }
    }
}
