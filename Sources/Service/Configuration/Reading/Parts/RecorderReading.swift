// SPDX-License-Identifier: Apache-2.0

internal import Agreement

/// Reads one entry of `recorders`.
struct RecorderReading: Sendable {
    /// The recorder, whose identifier is still to be filled in.
    var recorder: Recorder
    /// Where the public key is written.
    var keyPlace: Place

    /// What recorders attest to; who takes a record back speaks of that record's kind.
    static let kinds = PeopleEvidence.Kind.allCases.filter { $0 != .revocation && $0 != .attestation }

    private static let publicKey = Field.required(
        "public_key", .publicKey, "the public half of the recorder's key.")
    private static let attested = Field.required(
        "kinds", ValueType<PeopleEvidence.Kind>.oneOf(kinds.map { ($0.name, $0) }).list(1...kinds.count),
        "the kinds of evidence that the recorder may attest to.")
    private static let parties = Field.required(
        "parties", ValueType<String>.identifier.list(1...ConfigurationLimits.recorderPartiesMax),
        "the parties for which the recorder speaks, as agreements call them.")

    static let type: ValueType<RecorderReading> = FieldTable(
        "a recorder", [publicKey.description, attested.description, parties.description]
    ).type { mapping in
        let readKey = mapping.value(publicKey)
        let readKinds = mapping.value(attested)
        let readParties = mapping.value(parties)
        guard let readKey, let readKinds, let readParties else { return nil }
        return RecorderReading(
            recorder: Recorder(
                id: "", publicKey: readKey, kinds: readKinds.sorted { $0.rawValue < $1.rawValue },
                parties: readParties.sorted()),
            keyPlace: mapping.place(of: "public_key"))
    }
}
