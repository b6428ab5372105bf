// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Records

/// What adopting agreements would do, worked out before anything is written.
struct AdoptionPlan {
    /// One instrument that is to be adopted.
    struct Step {
        var agreement: String
        var instrument: CanonicalInstrument
        var header: String
        /// The agreement with this instrument and all those before it.
        var document: AgreementDocument
        /// The texts that are adopted after this step.
        var texts: FactReplay.AdoptedTexts
    }

    /// What became of each instrument that is not a draft.
    private(set) var adoptions: [LedgerNode.Adoption] = []
    /// The new instruments, in the order in which they are adopted.
    private(set) var steps: [Step] = []
    private var adopted: [String: FactReplay.AdoptedTexts]
    private let now: Instant

    /// A plan that begins with what is adopted already.
    init(adopted: [String: FactReplay.AdoptedTexts], now: Instant) {
        self.adopted = adopted
        self.now = now
    }

    /// Adds the instruments of an agreement.
    ///
    /// - Throws: when an adopted instrument has changed since.
    mutating func add(_ reading: AgreementReading, file: String) throws(ServiceError) {
        guard let document = reading.document, let canonical = reading.canonical else {
            throw ServiceError(.refused, "\(file) has errors; `concordat check \(file)` shows them.")
        }
        try Self.check(canonical, against: adopted[document.id], agreement: document.id, file: file)
        // In the order in which they take effect, so that an amendment finds what it amends.
        let effective = Dictionary(uniqueKeysWithValues: document.instruments.map { ($0.id, $0.effective) })
        let ordered = canonical.instruments.enumerated().sorted {
            (effective[$0.element.id] ?? .distantPast, $0.offset) < (
                effective[$1.element.id] ?? .distantPast, $1.offset
            )
        }
        for (_, instrument) in ordered where !instrument.isDraft {
            let isKnown = adopted[document.id]?.instruments.contains { $0.id == instrument.id } ?? false
            adoptions.append(
                LedgerNode.Adoption(agreement: document.id, instrument: instrument.id, isNew: !isKnown))
            if !isKnown { try add(instrument, header: canonical.header, agreement: document.id) }
        }
    }

    private mutating func add(
        _ instrument: CanonicalInstrument, header: String, agreement: String
    ) throws(ServiceError) {
        var texts = adopted[agreement] ?? FactReplay.AdoptedTexts(header: header, instruments: [])
        texts.header = header
        texts.instruments.append((instrument.id, instrument.text, now))
        let reading = AgreementReader.readAdopted(header: header, instruments: texts.instruments.map(\.text))
        guard let document = reading.document else {
            throw ServiceError(
                .refused,
                "The instrument \(instrument.id) can't be adopted: \(reading.diagnostics.first?.message ?? "its text can't be read back")."
            )
        }
        adopted[agreement] = texts
        steps.append(
            Step(agreement: agreement, instrument: instrument, header: header, document: document, texts: texts))
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
}
