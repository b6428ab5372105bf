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
        try adopted.withLock { adopted throws(ServiceError) in
            var plan = AdoptionPlan(adopted: adopted, now: clock.now())
            try plan.add(reading, file: file)
            for step in plan.steps {
                let fact = try self.fact(of: step)
                guard case .accepted = book.take(fact.fact, entry: fact.entry) else { throw Self.ledgerTrouble }
                adopted[step.agreement] = step.texts
            }
            return plan.adoptions
        }
    }

    /// Puts a configuration and its agreements in force at one moment, or neither.
    ///
    /// - Parameters:
    ///   - configuration: what decisions read of the configuration.
    ///   - readings: its agreements as read from their files.
    ///   - check: sees the facts as they would be, and throws where the configuration does not fit them.
    /// - Returns: what became of each instrument; no new one and no change where nothing was written.
    /// - Throws: when something is refused or the ledger takes nothing; then everything is as before.
    package func replace(
        _ configuration: PlacementConfiguration, _ readings: [(file: String, reading: AgreementReading)],
        check: (Facts) throws(ServiceError) -> Void
    ) throws(ServiceError) -> [Adoption] {
        try adopted.withLock { adopted throws(ServiceError) in
            let plan = try plan(readings, adopted, check: check)
            var pending: [PendingFact] = []
            // First, so that an agreement that is to be observed is never enforced for a moment.
            if configuration != book.snapshot.facts.configuration { pending.append(try fact(of: configuration)) }
            for step in plan.steps { pending.append(try fact(of: step)) }
            guard !pending.isEmpty else { return plan.adoptions }
            guard case .accepted = book.take(all: pending) else { throw Self.ledgerTrouble }
            for step in plan.steps { adopted[step.agreement] = step.texts }
            return plan.adoptions
        }
    }

    /// Says what ``replace(_:_:check:)`` would refuse, and writes nothing.
    package func checkReplacing(
        _ readings: [(file: String, reading: AgreementReading)], check: (Facts) throws(ServiceError) -> Void
    ) throws(ServiceError) {
        try adopted.withLock { adopted throws(ServiceError) in _ = try plan(readings, adopted, check: check) }
    }

    private func plan(
        _ readings: [(file: String, reading: AgreementReading)], _ adopted: [String: FactReplay.AdoptedTexts],
        check: (Facts) throws(ServiceError) -> Void
    ) throws(ServiceError) -> AdoptionPlan {
        var plan = AdoptionPlan(adopted: adopted, now: clock.now())
        for (file, reading) in readings { try plan.add(reading, file: file) }
        var expected = book.snapshot.facts
        for step in plan.steps { expected.apply(.adopted(step.document), at: clock.now()) }
        try check(expected)
        return plan
    }

    /// Stores what an adoption names, and gives its fact.
    private func fact(of step: AdoptionPlan.Step) throws(ServiceError) -> PendingFact {
        let header = try store(Array(step.header.utf8), as: .agreementHeader)
        let text = try store(Array(step.instrument.text.utf8), as: .instrument)
        return PendingFact(.adopted(step.document)) { at, revision in
            AdoptedEntry(
                at: at, revision: revision, agreement: step.agreement, instrument: step.instrument.id, header: header,
                text: text
            ).encoded()
        }
    }

    /// Stores a configuration, and gives its fact.
    private func fact(of configuration: PlacementConfiguration) throws(ServiceError) -> PendingFact {
        let hash = try store(configuration.objectBytes(), as: .placementConfiguration)
        return PendingFact(.configured(configuration)) { at, revision in
            ConfiguredEntry(at: at, revision: revision, configuration: hash).encoded()
        }
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
        let fact = try fact(of: configuration)
        guard case .accepted = book.take(fact.fact, entry: fact.entry) else { throw Self.ledgerTrouble }
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
        guard case .accepted = ledger.append(entry.encoded().span) else { throw Self.ledgerTrouble }
        return hash.bytes
    }
}
