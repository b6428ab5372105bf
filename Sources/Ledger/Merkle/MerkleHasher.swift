// SPDX-License-Identifier: Apache-2.0

internal import Crypto

/// The hashes of RFC 6962 section 2.1: domain separation keeps a leaf from passing for a node.
package enum MerkleHasher {
    /// The root of the tree without leaves: SHA-256 of nothing.
    package static let emptyRoot = SHA256Hash(hashing: [])

    /// SHA-256(0x00 || entry).
    package static func leaf(_ entry: Span<UInt8>) -> SHA256Hash {
        var hasher = SHA256()
        update(&hasher, prefix: 0x00)
        unsafe entry.withUnsafeBytes { unsafe hasher.update(bufferPointer: $0) }
        return SHA256Hash(hasher.finalize())
    }

    /// SHA-256(0x00 || entry).
    package static func leaf(_ entry: [UInt8]) -> SHA256Hash {
        leaf(entry.span)
    }

    /// SHA-256(0x01 || left || right).
    package static func node(_ left: SHA256Hash, _ right: SHA256Hash) -> SHA256Hash {
        var hasher = SHA256()
        update(&hasher, prefix: 0x01)
        left.update(&hasher)
        right.update(&hasher)
        return SHA256Hash(hasher.finalize())
    }

    private static func update(_ hasher: inout SHA256, prefix: UInt8) {
        unsafe withUnsafeBytes(of: prefix) { unsafe hasher.update(bufferPointer: $0) }
    }
}
