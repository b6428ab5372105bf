// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// Turns fact entries and the objects that they name back into facts.
package struct FactReplay {
    /// Gives the bytes of an object; `nil` where it is missing.
    package typealias ObjectSource = (_ hash: [UInt8]) -> [UInt8]?

    /// An adopted agreement as its canonical texts.
    package struct AdoptedTexts: Sendable {
        /// The canonical text of the head, as of the last adoption.
        package var header: String
        /// The adopted instruments in the order of their adoption.
        package var instruments: [(id: String, text: String, recorded: Instant)]

        package init(header: String, instruments: [(id: String, text: String, recorded: Instant)]) {
            self.header = header
            self.instruments = instruments
        }
    }

    /// The sum of the facts so far.
    package private(set) var facts = Facts()
    /// The texts of each adopted agreement.
    package private(set) var adopted: [String: AdoptedTexts] = [:]
    private let object: ObjectSource

    package init(object: @escaping ObjectSource) {
        self.object = object
    }

    /// Goes on counting facts from a revision; for a start that reads only the facts that still matter.
    package mutating func resume(at revision: UInt64) {
        facts.resume(at: revision)
    }

    /// Takes in an entry; entries that are no facts are passed over.
    ///
    /// Numbers may be left out, because a start reads only the facts that still matter.
    ///
    /// - Returns: whether the entry was a fact.
    package mutating func take(_ entry: Entry) throws(RecordError) -> Bool {
        guard let (fact, revision) = try fact(of: entry) else { return false }
        guard revision > facts.revision, revision < .max else {
            throw RecordError(
                .value, "Fact \(revision) follows fact \(facts.revision); the facts of the ledger are not in order.")
        }
        facts.resume(at: revision - 1)
        facts.apply(fact, at: entry.at)
        return true
    }

    private mutating func fact(of entry: Entry) throws(RecordError) -> (Fact, UInt64)? {
        switch entry {
        case .started(let entry):
            return (.started, entry.revision)
        case .adopted(let entry):
            return (.adopted(try document(of: entry)), entry.revision)
        case .configured(let entry):
            let configuration = try PlacementConfiguration(objectBytes: try bytes(of: entry.configuration))
            return (.configured(configuration), entry.revision)
        case .laneRefused(let entry):
            return (.refused(entry.refusal), entry.revision)
        case .laneRecovered(let entry):
            return (.recovered(entry.success), entry.revision)
        case .recorded(let entry):
            return (.recorded(entry.subject, facts.verified(entry.provenance, of: entry.subject)), entry.revision)
        case .object, .decision, .placement, .refusal, .progress, .gap, .clockStep, .closed:
            return nil
        }
    }

    private mutating func document(of entry: AdoptedEntry) throws(RecordError) -> AgreementDocument {
        let header = String(decoding: try bytes(of: entry.header), as: UTF8.self)
        let text = String(decoding: try bytes(of: entry.text), as: UTF8.self)
        var texts = adopted[entry.agreement] ?? AdoptedTexts(header: header, instruments: [])
        texts.header = header
        texts.instruments.append((entry.instrument, text, entry.at))
        adopted[entry.agreement] = texts
        let reading = AgreementReader.readAdopted(header: header, instruments: texts.instruments.map(\.text))
        guard let document = reading.document else {
            let first = reading.diagnostics.first?.message ?? "it has no readable text"
            throw RecordError(.value, "The adopted agreement \(entry.agreement) can't be read back: \(first).")
        }
        return document
    }

    private func bytes(of hash: [UInt8]) throws(RecordError) -> [UInt8] {
        guard let bytes = object(hash) else {
            let name = hash.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            throw RecordError(.value, "The object \(name) is missing or damaged; restore it from a backup.")
        }
        return bytes
    }
}
