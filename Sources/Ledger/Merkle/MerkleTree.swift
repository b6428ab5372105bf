// SPDX-License-Identifier: Apache-2.0

/// A Merkle tree held in memory (RFC 6962 section 2.1), for building proofs over logs that fit.
///
/// It keeps every complete node: 64 bytes for each leaf.
package struct MerkleTree: Sendable {
    /// `levels[0]` are the leaf hashes; `levels[k]` the roots of the complete subtrees of 2^k leaves.
    private var levels: [[SHA256Hash]] = [[]]

    /// The empty tree.
    package init() {}

    /// How many leaves the tree has.
    package var size: UInt64 { UInt64(levels[0].count) }

    /// Adds the next leaf hash.
    package mutating func append(_ leafHash: SHA256Hash) {
        levels[0].append(leafHash)
        var level = 0
        while levels[level].count.isMultiple(of: 2) {
            let count = levels[level].count
            let node = MerkleHasher.node(levels[level][count - 2], levels[level][count - 1])
            level += 1
            if level == levels.count { levels.append([]) }
            levels[level].append(node)
        }
    }

    /// The root that the tree had at a size, which is at most its present one.
    package func root(at size: UInt64) -> SHA256Hash {
        precondition(size <= self.size)
        return size == 0 ? MerkleHasher.emptyRoot : hash(0..<size)
    }

    /// The audit path of a leaf in the tree of a size; nil when there is no such leaf.
    package func inclusionProof(of index: UInt64, at size: UInt64) -> InclusionProof? {
        guard size <= self.size, index < size else { return nil }
        var path: [SHA256Hash] = []
        var range = 0..<size
        while range.count > 1 {
            let middle = range.lowerBound + Self.split(UInt64(range.count))
            if index < middle {
                path.append(hash(middle..<range.upperBound))
                range = range.lowerBound..<middle
            } else {
                path.append(hash(range.lowerBound..<middle))
                range = middle..<range.upperBound
            }
        }
        return InclusionProof(index: index, treeSize: size, path: path.reversed())
    }

    /// The proof that the tree of one size is the beginning of the tree of another; nil when a size does not exist,
    /// or when only the earlier tree is empty, from which nothing can be shown.
    package func consistencyProof(from earlier: UInt64, to later: UInt64) -> ConsistencyProof? {
        guard earlier <= later, later <= size, earlier > 0 || later == 0 else { return nil }
        var path: [SHA256Hash] = []
        if earlier < later {
            var range = 0..<later
            var remaining = earlier
            var isFromStart = true
            while remaining != UInt64(range.count) {
                let half = Self.split(UInt64(range.count))
                let middle = range.lowerBound + half
                if remaining <= half {
                    path.append(hash(middle..<range.upperBound))
                    range = range.lowerBound..<middle
                } else {
                    path.append(hash(range.lowerBound..<middle))
                    range = middle..<range.upperBound
                    remaining -= half
                    isFromStart = false
                }
            }
            // The verifier knows the earlier root, so the subtree that is the whole earlier tree is left out.
            if !isFromStart { path.append(hash(range)) }
        }
        return ConsistencyProof(fromSize: earlier, toSize: later, path: path.reversed())
    }

    /// The hash over a range of leaves that is a node of the tree of some size.
    private func hash(_ range: Range<UInt64>) -> SHA256Hash {
        let count = UInt64(range.count)
        let level = count.trailingZeroBitCount
        if count == 1 << level { return levels[level][Int(range.lowerBound >> UInt64(level))] }
        let middle = range.lowerBound + Self.split(count)
        return MerkleHasher.node(hash(range.lowerBound..<middle), hash(middle..<range.upperBound))
    }

    /// The largest power of two below a count of 2 or more.
    private static func split(_ count: UInt64) -> UInt64 {
        1 << UInt64(63 - (count - 1).leadingZeroBitCount)
    }
}
