// SPDX-License-Identifier: Apache-2.0

/// The roots of the complete subtrees that a growing tree is made of, enough to append leaves and to tell the root.
///
/// One subtree for each bit set in the size, the largest first (the compact range `[0, size)`): at most 64 hashes
/// however long the log is.
package struct MerkleFrontier: Hashable, Sendable {
    /// How many leaves the tree has.
    package private(set) var size: UInt64
    private var subtrees: [SHA256Hash]

    /// The frontier of the empty tree.
    package init() {
        size = 0
        subtrees = []
    }

    /// Adds the next leaf.
    ///
    /// - Parameter leafHash: the RFC 6962 leaf hash of the entry with index `size`.
    package mutating func append(_ leafHash: SHA256Hash) {
        var node = leafHash
        var remaining = size
        while remaining & 1 == 1, let left = subtrees.popLast() {
            node = MerkleHasher.node(left, node)
            remaining >>= 1
        }
        subtrees.append(node)
        size += 1
    }

    /// The RFC 6962 root of the tree as it is now.
    package var root: SHA256Hash {
        guard var node = subtrees.last else { return MerkleHasher.emptyRoot }
        for left in subtrees.dropLast().reversed() {
            node = MerkleHasher.node(left, node)
        }
        return node
    }

    /// The frontier as bytes: the size (u64, little-endian), then the subtree roots, the largest first.
    package var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendLittleEndian(size)
        for subtree in subtrees { bytes += subtree.bytes }
        return bytes
    }

    /// Reads `encoded` back; nil when the count of hashes does not fit the size.
    package init?(encoded bytes: [UInt8]) {
        guard bytes.count >= 8 else { return nil }
        let size = bytes.span.littleEndian(at: 0, as: UInt64.self)
        guard bytes.count == 8 + size.nonzeroBitCount * SHA256Hash.byteCount else { return nil }
        var subtrees: [SHA256Hash] = []
        for start in stride(from: 8, to: bytes.count, by: SHA256Hash.byteCount) {
            guard let hash = SHA256Hash(bytes: bytes[start..<(start + SHA256Hash.byteCount)]) else { return nil }
            subtrees.append(hash)
        }
        self.size = size
        self.subtrees = subtrees
    }
}
