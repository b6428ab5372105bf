// SPDX-License-Identifier: Apache-2.0

package import Agreement
internal import Gateway
internal import Ledger
internal import Records
internal import Store
internal import Synchronization

extension LedgerNode {
    /// What became of one instrument.
    package struct Adoption: Sendable, Equatable {
        package var agreement: String
        package var instrument: String
        /// Whether it was adopted now; otherwise it had been before.
        package var isNew: Bool
    }

    /// Adopts the instruments of an agreement that are not adopted yet.
    ///
    /// - Parameters:
    ///   - reading: the agreement as read from its file, without errors.
    ///   - file: the file's name, for messages.
    /// - Returns: what became of each instrument that is not a draft.
    /// - Throws: when an adopted instrument has changed since; nothing is adopted then.
    package func adopt(_ reading: AgreementReading, file: String) throws(ServiceError) -> [Adoption] {
        guard let document = reading.document, let canonical = reading.canonical else {
            throw ServiceError(.refused, "\(file) has errors; `concordat check \(file)` shows them.")
        }
        return try adopted.withLock { adopted throws(ServiceError) in
            let known = adopted[document.id]
            try Self.check(canonical, against: known, agreement: document.id, file: file)
            var results: [Adoption] = []
            // In the order in which they take effect, so that an amendment finds what it amends.
            let effective = Dictionary(uniqueKeysWithValues: document.instruments.map { ($0.id, $0.effective) })
            let ordered = canonical.instruments.enumerated().sorted {
                (effective[$0.element.id] ?? .distantPast, $0.offset) < (
                    effective[$1.element.id] ?? .distantPast, $1.offset
                )
            }
            for (_, instrument) in ordered where !instrument.isDraft {
                let isKnown = adopted[document.id]?.instruments.contains { $0.id == instrument.id } ?? false
                results.append(Adoption(agreement: document.id, instrument: instrument.id, isNew: !isKnown))
                if !isKnown {
                    try self.adopt(instrument, header: canonical.header, agreement: document.id, adopted: &adopted)
                }
            }
            return results
        }
    }

    private static func check(
        _ canonical: CanonicalAgreement, against known: FactReplay.AdoptedTexts?, agreement: String, file: String
    ) throws(ServiceError) {
        guard let known else { return }
        if let change = CanonicalText.headerChange(adopted: known.header, current: canonical.header) {
            throw ServiceError(
                .refused,
                "\(file): the agreement \(agreement) was adopted, and its \(change) has changed since; restore it. New parties, clouds and events may be added, existing ones stay."
            )
        }
        for (id, text, recorded) in known.instruments {
            guard let current = canonical.instruments.first(where: { $0.id == id }) else { continue }
            if let change = CanonicalText.firstDifference(adopted: text, current: current.text) {
                throw ServiceError(
                    .refused,
                    "\(file): the instrument \(id) was adopted at \(recorded) and has changed since, first at \(change.isEmpty ? "its top" : change); restore it and write the change as an amendment."
                )
            }
        }
    }

    private func adopt(
        _ instrument: CanonicalInstrument, header: String, agreement: String,
        adopted: inout [String: FactReplay.AdoptedTexts]
    ) throws(ServiceError) {
        var texts = adopted[agreement] ?? FactReplay.AdoptedTexts(header: header, instruments: [])
        texts.header = header
        texts.instruments.append((instrument.id, instrument.text, clock.now()))
        let reading = AgreementReader.readAdopted(header: header, instruments: texts.instruments.map(\.text))
        guard let document = reading.document else {
            throw ServiceError(
                .refused,
                "The instrument \(instrument.id) can't be adopted: \(reading.diagnostics.first?.message ?? "its text can't be read back")."
            )
        }
        let headerHash = try store(Array(header.utf8), as: .agreementHeader)
        let textHash = try store(Array(instrument.text.utf8), as: .instrument)
        let outcome = book.take(.adopted(document)) { at, revision in
            AdoptedEntry(
                at: at, revision: revision, agreement: agreement, instrument: instrument.id, header: headerHash,
                text: textHash
            ).encoded()
        }
        guard case .accepted = outcome else { throw Self.ledgerTrouble }
        adopted[agreement] = texts
    }

    /// Drops the texts of instruments whose adoption the ledger lost.
    func forgetLostAdoptions() {
        adopted.withLock { adopted in
            let known = book.snapshot.facts.agreements
            for (agreement, texts) in adopted {
                let kept = Set((known[agreement]?.instruments ?? []).map(\.id))
                adopted[agreement]?.instruments = texts.instruments.filter { kept.contains($0.id) }
                if kept.isEmpty { adopted[agreement] = nil }
            }
        }
    }

    /// Puts a configuration in force, unless it already is.
    package func configure(_ configuration: PlacementConfiguration) throws(ServiceError) {
        guard configuration != book.snapshot.facts.configuration else { return }
        let hash = try store(configuration.objectBytes(), as: .placementConfiguration)
        let outcome = book.take(.configured(configuration)) { at, revision in
            ConfiguredEntry(at: at, revision: revision, configuration: hash).encoded()
        }
        guard case .accepted = outcome else { throw Self.ledgerTrouble }
    }

    /// Records what a person says.
    ///
    /// - Returns: the number of the evidence.
    package func record(
        _ subject: PeopleEvidence.Subject, provenance: Provenance
    ) throws(ServiceError) -> UInt64 {
        var number: UInt64 = 0
        let provenance = book.snapshot.facts.verified(provenance, of: subject)
        let outcome = book.take(.recorded(subject, provenance)) { at, revision in
            number = revision
            return RecordedEntry(at: at, revision: revision, provenance: provenance, subject: subject).encoded()
        }
        guard case .accepted = outcome else { throw Self.ledgerTrouble }
        return number
    }

    static let ledgerTrouble = ServiceError(
        .failed, "The ledger takes no entries at present; free space in the data folder and try again.")

    /// Stores an object and says so in the log.
    private func store(_ bytes: [UInt8], as kind: ObjectKind) throws(ServiceError) -> [UInt8] {
        let hash: SHA256Hash
        do throws(LogError) {
            hash = try log.objects.put(bytes)
        } catch {
            throw ServiceError(.failed, error.message)
        }
        let entry = ObjectEntry(at: clock.now(), kind: kind, hash: hash.bytes, size: UInt64(bytes.count))
        guard case .accepted = ledger.append(entry.encoded()) else { throw Self.ledgerTrouble }
        return hash.bytes
    }
}
