// SPDX-License-Identifier: Apache-2.0

/// The limits of what a person may record, so that its entry stays within the ledger's.
package enum EvidenceLimits {
    /// How long a person's name, a reason or another text for people may be, in bytes.
    package static let textBytesMax = 1_000
    /// How long the name of a cloud, a model, a product or a clause may be, in bytes.
    package static let nameBytesMax = 128
    /// How many models one record may name.
    package static let modelsMax = 64
    /// How many conditions of return a migration may have.
    package static let conditionsMax = 8
    /// How long a condition of return may be, in bytes.
    package static let conditionBytesMax = 500
    /// How long a quantity may be as a text, in bytes.
    package static let quantityBytesMax = 128
}
