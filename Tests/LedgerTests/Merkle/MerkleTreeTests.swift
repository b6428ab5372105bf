// SPDX-License-Identifier: Apache-2.0

import Ledger
import Testing

@Suite("The Merkle tree")
struct MerkleTreeTests {
    /// The eight leaves of the Certificate Transparency tests and the roots at each size.
    static let leaves = [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ]
    static let roots = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]

    private static func tree(of count: Int) -> MerkleTree {
        var tree = MerkleTree()
        for index in 0..<count { tree.append(MerkleHasher.leaf([UInt8(truncatingIfNeeded: index), 7])) }
        return tree
    }

    @Test("the tree and the frontier have the published root at every size of the eight leaves")
    func publishedRoots() throws {
        var tree = MerkleTree()
        var frontier = MerkleFrontier()
        #expect(frontier.root.hex == Self.roots[0])
        for (index, leaf) in Self.leaves.enumerated() {
            let hash = MerkleHasher.leaf(try #require(Hexadecimal.decode(leaf)))
            tree.append(hash)
            frontier.append(hash)
            #expect(frontier.root.hex == Self.roots[index + 1])
        }
        for size in 0...8 { #expect(tree.root(at: UInt64(size)).hex == Self.roots[size]) }
    }

    @Test("every inclusion proof that the tree makes is valid, and for no other index, leaf or root")
    func inclusion() throws {
        let tree = Self.tree(of: 40)
        for size in UInt64(1)...40 {
            for index in 0..<size {
                let proof = try #require(tree.inclusionProof(of: index, at: size))
                let leaf = MerkleHasher.leaf([UInt8(index), 7])
                #expect(proof.isValid(leafHash: leaf, root: tree.root(at: size)))
                #expect(!proof.isValid(leafHash: MerkleHasher.leaf([UInt8(index), 8]), root: tree.root(at: size)))
                #expect(!proof.isValid(leafHash: leaf, root: tree.root(at: size - 1)))
                let moved = InclusionProof(index: index + 1, treeSize: size, path: proof.path)
                #expect(!moved.isValid(leafHash: leaf, root: tree.root(at: size)))
            }
            #expect(tree.inclusionProof(of: size, at: size) == nil)
        }
    }

    @Test("every consistency proof that the tree makes is valid, and for no other pair of roots")
    func consistency() throws {
        let tree = Self.tree(of: 40)
        for later in UInt64(1)...40 {
            for earlier in 1...later {
                let proof = try #require(tree.consistencyProof(from: earlier, to: later))
                #expect(proof.isValid(from: tree.root(at: earlier), to: tree.root(at: later)))
                #expect(!proof.isValid(from: tree.root(at: earlier - 1), to: tree.root(at: later)))
                #expect(!proof.isValid(from: tree.root(at: earlier), to: tree.root(at: later - 1)))
            }
            #expect(tree.consistencyProof(from: later + 1, to: later) == nil)
            #expect(tree.consistencyProof(from: 0, to: later) == nil)
        }
    }

    @Test("a frontier read back from its bytes goes on as the one that was written")
    func frontierRoundTrip() throws {
        var frontier = MerkleFrontier()
        for index in 0..<300 {
            let readBack = try #require(MerkleFrontier(encoded: frontier.encoded))
            #expect(readBack == frontier)
            frontier.append(MerkleHasher.leaf([UInt8(truncatingIfNeeded: index)]))
        }
        #expect(MerkleFrontier(encoded: Array(frontier.encoded.dropLast())) == nil)
        #expect(MerkleFrontier(encoded: frontier.encoded + [0]) == nil)
        #expect(MerkleFrontier(encoded: []) == nil)
    }
}
