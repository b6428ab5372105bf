// SPDX-License-Identifier: Apache-2.0

/// The audit path from a leaf to a root (RFC 9162 section 2.1.3).
package struct InclusionProof: Hashable, Sendable {
    /// The index of the entry.
    package let index: UInt64
    /// The size of the tree whose root the proof leads to.
    package let treeSize: UInt64
    /// The sibling hashes, from the leaf up.
    package let path: [SHA256Hash]

    /// A proof as somebody gave it; nothing is checked until `isValid`.
    package init(index: UInt64, treeSize: UInt64, path: [SHA256Hash]) {
        self.index = index
        self.treeSize = treeSize
        self.path = path
    }

    /// Whether the proof shows that the entry with a leaf hash stands at `index` under a root.
    ///
    /// RFC 9162 section 2.1.3.2.
    package func isValid(leafHash: SHA256Hash, root: SHA256Hash) -> Bool {
        guard index < treeSize else { return false }
        var position = index
        var last = treeSize - 1
        var node = leafHash
        for sibling in path {
            guard last > 0 else { return false }
            if position & 1 == 1 || position == last {
                node = MerkleHasher.node(sibling, node)
                if position & 1 == 0 {
                    // The last node of its level has no sibling there: climb to where it has one.
                    let levels = UInt64(position.trailingZeroBitCount)
                    position >>= levels
                    last >>= levels
                }
            } else {
                node = MerkleHasher.node(node, sibling)
            }
            position >>= 1
            last >>= 1
        }
        return last == 0 && node == root
    }
}
