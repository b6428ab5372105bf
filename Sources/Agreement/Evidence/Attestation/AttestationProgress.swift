// SPDX-License-Identifier: Apache-2.0

/// What there is of the attestation that a record needs: `incomplete → complete`, and never back.
///
/// The recorders configured when an attestation is recorded say whether it counts; a later configuration takes nothing
/// back.
package struct AttestationProgress: Sendable, Equatable {
    /// What the attestations of a record have to be about.
    package struct Matter: Sendable, Equatable {
        package var kind: PeopleEvidence.Kind
        package var party: String
        /// How many recorders it takes.
        package var required: Int

        package init(kind: PeopleEvidence.Kind, party: String, required: Int) {
            self.kind = kind
            self.party = party
            self.required = required
        }

        /// Whether a recorder speaks for the party and of the kind.
        package func isSpokenFor(by recorder: Recorder) -> Bool {
            recorder.kinds.contains(kind) && recorder.parties.contains(party)
        }
    }

    /// The recorders who have attested to it and count, each once, in order.
    package private(set) var recorders: [String] = []
    private var keys: [[UInt8]] = []
    /// How many more recorders are needed.
    package private(set) var missing = 0
    /// When the last of them attested; `nil` where none was needed, or some are missing.
    package private(set) var completed: Instant?

    package init() {}

    /// Whether the record may be relied on.
    package var isComplete: Bool { missing == 0 }

    /// What there was of it at an instant.
    func known(at instant: Instant) -> AttestationProgress {
        guard let completed, completed > instant else { return self }
        var known = self
        known.missing = 1
        known.completed = nil
        return known
    }

    /// Says how many recorders a record needs: none while no recorders are configured.
    mutating func begin(_ matter: Matter, among configured: [Recorder]) {
        missing = configured.isEmpty ? 0 : matter.required
    }

    /// Takes in attestations; those that do not verify, or of a recorder who does not speak for the matter, do nothing.
    mutating func take(
        _ attestations: [Attestation], about matter: Matter, among configured: [Recorder], at instant: Instant
    ) {
        for attestation in attestations where attestation.isVerified && !isComplete {
            guard let recorder = configured.first(where: { $0.id == attestation.recorder }),
                matter.isSpokenFor(by: recorder),
                // Two names for one key are one recorder.
                !recorders.contains(recorder.id), !keys.contains(recorder.publicKey)
            else { continue }
            recorders.append(recorder.id)
            keys.append(recorder.publicKey)
            missing -= 1
            if isComplete { completed = instant }
        }
    }
}
