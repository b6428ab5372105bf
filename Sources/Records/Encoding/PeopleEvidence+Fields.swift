// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Wire

// Keys 10 to 18 of a record are its subject's own; what they are is in the table of docs/ledger-format.md.
extension PeopleEvidence.Subject {
    /// How many fields ``write(to:)`` writes.
    var fieldCount: Int {
        func count(_ optionals: Any?...) -> Int { optionals.count { $0 != nil } }
        switch self {
        case .decline(let decline): return 4 + count(decline.requested, decline.answered)
        case .launch(let launch): return launch.milestone == .generalAvailability ? 3 : 4
        case .event: return 4
        case .override(let override): return 4 + count(override.product, override.model)
        case .revocation, .attestation: return 1
        case .support: return 4
        case .offer: return 6
        case .offerAnswer(let answer): return 4 + count(answer.quantity)
        case .meterReading: return 4
        case .notice(let notice): return 4 + count(notice.clause)
        case .migration(let report):
            switch report.step {
            case .opened(let opening): return 4 + count(opening.product, opening.model, opening.evidence)
            case .moved, .closed: return 3
            }
        }
    }

    /// Writes the subject's fields.
    func write(to writer: inout RecordWriter) {
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
            if launch.milestone != .generalAvailability { writer.put(13, launch.milestone.rawValue) }
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
        case .revocation(let of), .attestation(let of):
            writer.put(10, of)
        case .support(let support):
            writer.put(10, support.cloud)
            writer.put(11, support.features.rawValue)
            writer.put(12, support.models)
            writer.put(13, support.from)
        case .offer(let offer):
            writer.put(10, offer.agreement)
            writer.put(11, offer.clause)
            writer.put(12, offer.id)
            writer.put(13, offer.quantity.description)
            writer.put(14, offer.offered)
            writer.put(15) { $0.put(bool: offer.isComplete) }
        case .offerAnswer(let answer):
            writer.put(10, answer.agreement)
            writer.put(11, answer.offer)
            writer.put(12, answer.kind.rawValue)
            if let quantity = answer.quantity { writer.put(13, quantity.description) }
            writer.put(14, answer.at)
        case .meterReading(let reading):
            writer.put(10, reading.meter)
            writer.put(11, reading.value.description)
            writer.put(12, reading.at)
            writer.put(13, reading.until)
        case .notice(let notice):
            writer.put(10, notice.agreement)
            if let clause = notice.clause { writer.put(11, clause) }
            writer.put(12, notice.to)
            writer.put(13, notice.served)
            writer.put(14, notice.about)
        case .migration(let report):
            report.write(to: &writer)
        }
    }

    /// Reads the fields of a subject.
    init(_ kind: PeopleEvidence.Kind, _ reader: inout RecordReader) throws(RecordError) {
        switch kind {
        case .decline:
            var decline = Decline(
                cloud: try reader.text(10), features: FeatureSet(rawValue: try reader.small(11, as: UInt16.self)),
                models: try reader.texts(12), requested: nil, answered: nil, until: .distantFuture)
            if reader.has(13) { decline.requested = try reader.instant(13) }
            if reader.has(14) { decline.answered = try reader.instant(14) }
            decline.until = try reader.instant(15)
            self = .decline(decline)
        case .launch:
            var launch = Launch(cloud: try reader.text(10), model: try reader.text(11), at: try reader.instant(12))
            if reader.has(13) {
                launch.milestone = try reader.word(13, as: Launch.Milestone.self)
                guard launch.milestone != .generalAvailability else {
                    throw RecordError(.value, "The milestone is general availability, which is left out.")
                }
            }
            self = .launch(launch)
        case .event:
            self = .event(
                EventReport(
                    agreement: try reader.text(10), event: try reader.text(11),
                    step: try reader.word(12, as: EventReport.Step.self), effective: try reader.instant(13)))
        case .override:
            var override = PlacementOverride(
                cloud: try reader.text(10), product: nil, model: nil, from: .distantPast, until: .distantFuture,
                reason: "")
            if reader.has(11) { override.product = try reader.text(11) }
            if reader.has(12) { override.model = try reader.text(12) }
            override.from = try reader.instant(13)
            override.until = try reader.instant(14)
            override.reason = try reader.text(15)
            self = .override(override)
        case .revocation:
            self = .revocation(of: try reader.unsigned(10))
        case .attestation:
            self = .attestation(of: try reader.unsigned(10))
        case .support:
            self = .support(
                SupportAnswer(
                    cloud: try reader.text(10), features: FeatureSet(rawValue: try reader.small(11, as: UInt16.self)),
                    models: try reader.texts(12), from: try reader.instant(13)))
        case .offer:
            let (agreement, clause, id) = (try reader.text(10), try reader.text(11), try reader.text(12))
            self = .offer(
                Offer(
                    id: id, agreement: agreement, clause: clause, quantity: try reader.quantity(13),
                    offered: try reader.instant(14),
                    isComplete: try reader.field(15) { decoder throws(CBORError) in try decoder.bool() }))
        case .offerAnswer:
            let (agreement, offer) = (try reader.text(10), try reader.text(11))
            self = .offerAnswer(
                OfferAnswer(
                    offer: offer, agreement: agreement, kind: try reader.word(12, as: OfferAnswer.Kind.self),
                    quantity: reader.has(13) ? try reader.quantity(13) : nil, at: try reader.instant(14)))
        case .meterReading:
            self = .meterReading(
                MeterReading(
                    meter: try reader.text(10), value: try reader.quantity(11), at: try reader.instant(12),
                    until: try reader.instant(13)))
        case .notice:
            self = .notice(
                Notice(
                    agreement: try reader.text(10), clause: reader.has(11) ? try reader.text(11) : nil,
                    to: try reader.text(12), served: try reader.instant(13), about: try reader.text(14)))
        case .migration:
            self = .migration(try MigrationReport(&reader))
        }
    }
}

extension RecordReader {
    fileprivate mutating func quantity(_ key: UInt64) throws(RecordError) -> Quantity {
        let text = try text(key)
        guard let quantity = Quantity(text: text), quantity.description == text else {
            throw RecordError(.value, "Field \(key) holds '\(text)', which is no quantity as this release writes it.")
        }
        return quantity
    }
}
