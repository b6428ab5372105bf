// SPDX-License-Identifier: Apache-2.0

/// A recorder's signature under the attested text of a record.
package struct Attestation: Sendable, Equatable {
    /// The recorder's identifier.
    package var recorder: String
    /// The signature; kept so that anyone can verify it again.
    package var signature: [UInt8]
    /// Whether whoever read the record found the signature to be the recorder's; only then it counts.
    package var isVerified: Bool

    package init(recorder: String, signature: [UInt8], isVerified: Bool) {
        self.recorder = recorder
        self.signature = signature
        self.isVerified = isVerified
    }
}
