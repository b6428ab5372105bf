// SPDX-License-Identifier: Apache-2.0

import Foundation
import Ledger
import Testing

@Suite("Proofs against the vectors of transparency-dev/merkle")
struct ProofVectorTests {
    struct InclusionCase: Decodable {
        let leafIdx: UInt64
        let treeSize: UInt64
        let root: Data?
        let leafHash: Data?
        let proof: [Data]?
        let wantErr: Bool
    }

    struct ConsistencyCase: Decodable {
        let size1: UInt64
        let size2: UInt64
        let root1: Data?
        let root2: Data?
        let proof: [Data]?
        let wantErr: Bool
    }

    static let inclusionFiles = VectorFolder.jsonFiles(in: "merkle/inclusion")
    static let consistencyFiles = VectorFolder.jsonFiles(in: "merkle/consistency")

    @Test("every inclusion vector is accepted or refused as its author says", .enabled(if: !inclusionFiles.isEmpty))
    func inclusion() throws {
        #expect(Self.inclusionFiles.count == 98)
        for file in Self.inclusionFiles {
            let vector = try JSONDecoder().decode(InclusionCase.self, from: Data(contentsOf: file))
            #expect(Self.isValid(vector) == !vector.wantErr, "\(file.lastPathComponent)")
        }
    }

    @Test("every consistency vector is accepted or refused as its author says", .enabled(if: !consistencyFiles.isEmpty))
    func consistency() throws {
        #expect(Self.consistencyFiles.count == 98)
        for file in Self.consistencyFiles {
            let vector = try JSONDecoder().decode(ConsistencyCase.self, from: Data(contentsOf: file))
            #expect(Self.isValid(vector) == !vector.wantErr, "\(file.lastPathComponent)")
        }
    }

    /// A hash of another length than 32 bytes can't even be given to a proof.
    private static func hashes(_ proof: [Data]?) -> [SHA256Hash]? {
        let hashes = (proof ?? []).compactMap { SHA256Hash(bytes: $0) }
        return hashes.count == (proof ?? []).count ? hashes : nil
    }

    private static func isValid(_ vector: InclusionCase) -> Bool {
        guard let root = SHA256Hash(bytes: vector.root ?? Data()), let path = hashes(vector.proof),
            let leafHash = SHA256Hash(bytes: vector.leafHash ?? Data())
        else { return false }
        return InclusionProof(index: vector.leafIdx, treeSize: vector.treeSize, path: path)
            .isValid(leafHash: leafHash, root: root)
    }

    private static func isValid(_ vector: ConsistencyCase) -> Bool {
        guard let path = hashes(vector.proof) else { return false }
        return ConsistencyProof(fromSize: vector.size1, toSize: vector.size2, path: path)
            .isValid(from: root(vector.root1), to: root(vector.root2))
    }

    /// Some vectors have a short text for a root that does not matter; its digest is equal when the text is.
    private static func root(_ bytes: Data?) -> SHA256Hash {
        SHA256Hash(bytes: bytes ?? Data()) ?? SHA256Hash(hashing: Array(bytes ?? Data()))
    }
}
