// SPDX-License-Identifier: Apache-2.0

/// The proof that one tree is the beginning of a later one (RFC 9162 section 2.1.4).
package struct ConsistencyProof: Hashable, Sendable {
    /// The size of the earlier tree.
    package let fromSize: UInt64
    /// The size of the later tree.
    package let toSize: UInt64
    /// The hashes, from the bottom up.
    package let path: [SHA256Hash]

    /// A proof as somebody gave it; nothing is checked until `isValid`.
    package init(fromSize: UInt64, toSize: UInt64, path: [SHA256Hash]) {
        self.fromSize = fromSize
        self.toSize = toSize
        self.path = path
    }

    /// Whether the proof shows that the tree with the earlier root is the beginning of the one with the later root.
    ///
    /// RFC 9162 section 2.1.4.2. From the empty tree to another nothing can be shown, so no such proof is valid.
    package func isValid(from earlierRoot: SHA256Hash, to laterRoot: SHA256Hash) -> Bool {
        if fromSize == toSize {
            return path.isEmpty && earlierRoot == laterRoot && (fromSize > 0 || earlierRoot == MerkleHasher.emptyRoot)
        }
        guard fromSize > 0, fromSize < toSize, !path.isEmpty else { return false }
        var rest = path[...]
        var position = fromSize - 1
        var last = toSize - 1
        let wholeLevels = UInt64((~position).trailingZeroBitCount)
        position >>= wholeLevels
        last >>= wholeLevels
        let seed = position == 0 ? earlierRoot : rest.removeFirst()
        var earlier = seed
        var later = seed
        for sibling in rest {
            guard last > 0 else { return false }
            if position & 1 == 1 || position == last {
                earlier = MerkleHasher.node(sibling, earlier)
                later = MerkleHasher.node(sibling, later)
                if position & 1 == 0 {
                    let levels = UInt64(position.trailingZeroBitCount)
                    position >>= levels
                    last >>= levels
                }
            } else {
                later = MerkleHasher.node(later, sibling)
            }
            position >>= 1
            last >>= 1
        }
        return last == 0 && earlier == earlierRoot && later == laterRoot
    }
}
