// SPDX-License-Identifier: Apache-2.0

package import Agreement
internal import Wire

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

    // Keys 3 to 8 are the provenance, 9 the kind, 10 to 18 the kind's own fields, and 19 the attestations.
    package func encoded() -> [UInt8] {
        let optionals =
            [provenance.secondedBy, provenance.documentName].compactMap { $0 }.count
            + (provenance.documentSHA256 == nil ? 0 : 1) + (provenance.attestations.isEmpty ? 0 : 1)
        var writer = RecordWriter(.recorded, at: at, fields: 4 + optionals + subject.fieldCount)
        writer.put(3, revision)
        writer.put(4, provenance.recordedBy)
        writer.put(5, provenance.party)
        if let second = provenance.secondedBy { writer.put(6, second) }
        if let name = provenance.documentName { writer.put(7, name) }
        if let hash = provenance.documentSHA256 { writer.put(8, hash) }
        writer.put(9, subject.kind.rawValue)
        subject.write(to: &writer)
        if !provenance.attestations.isEmpty {
            writer.put(19) { encoder in
                encoder.beginArray(count: provenance.attestations.count)
                for attestation in provenance.attestations {
                    encoder.beginArray(count: 2)
                    encoder.put(text: attestation.recorder)
                    encoder.put(bytes: attestation.signature)
                }
            }
        }
        return writer.finish()
    }

    init(at: Instant, _ reader: inout RecordReader) throws(RecordError) {
        self.at = at
        revision = try reader.unsigned(3)
        provenance = Provenance(recordedBy: try reader.text(4), party: try reader.text(5))
        if reader.has(6) { provenance.secondedBy = try reader.text(6) }
        if reader.has(7) { provenance.documentName = try reader.text(7) }
        if reader.has(8) { provenance.documentSHA256 = try reader.bytes(8) }
        subject = try PeopleEvidence.Subject(try reader.word(9, as: PeopleEvidence.Kind.self), &reader)
        guard reader.has(19) else { return }
        // Whether a signature is the recorder's is found out by whoever knows the recorders.
        provenance.attestations = try reader.field(19) { decoder throws(CBORError) in
            var attestations: [Attestation] = []
            for _ in 0..<(try decoder.array()) {
                try decoder.array(of: 2)
                attestations.append(
                    Attestation(
                        recorder: try decoder.text(), signature: Array(try decoder.byteString()), isVerified: false))
            }
            return attestations
        }
        guard (1...Provenance.attestationsMax).contains(provenance.attestations.count) else {
            throw RecordError(
                .value, "A record has 1 to \(Provenance.attestationsMax) attestations, or no list of them.")
        }
    }
}
