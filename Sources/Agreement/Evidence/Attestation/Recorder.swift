// SPDX-License-Identifier: Apache-2.0

/// Someone who attests to evidence with a key, and for whom and about what they may speak.
package struct Recorder: Sendable, Equatable {
    package var id: String
    /// The public key, 32 bytes of Ed25519.
    package var publicKey: [UInt8]
    /// What they may attest to.
    package var kinds: [PeopleEvidence.Kind]
    /// The parties for which they speak.
    package var parties: [String]

    package init(id: String, publicKey: [UInt8], kinds: [PeopleEvidence.Kind], parties: [String]) {
        self.id = id
        self.publicKey = publicKey
        self.kinds = kinds
        self.parties = parties
    }
}
