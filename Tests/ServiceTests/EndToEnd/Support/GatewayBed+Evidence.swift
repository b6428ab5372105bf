// SPDX-License-Identifier: Apache-2.0

import Agreement
import Foundation
import Gateway
import Service
import Testing

// What people record at a gateway.
extension GatewayBed {
    /// The facts as they stand.
    var facts: Facts { application.node.book.snapshot.facts }

    /// The present instant as orders have it.
    func now(plusMilliseconds delta: Int64 = 0) -> String {
        application.node.clock.now().advanced(byMilliseconds: delta).description
    }

    /// An override for an hour.
    func override(to cloud: String) -> EvidenceOrder.Subject {
        .override(
            OverrideOrder(
                cloud: cloud, from: now(), until: now(plusMilliseconds: 3_600_000), reason: "the region floods"))
    }

    /// Records through the gateway's socket, signed by recorders; the record's number and how many are missing.
    @discardableResult
    func record(
        _ subject: EvidenceOrder.Subject, by: String = "ann", party: String = "acme", second: String? = nil,
        document: EvidenceOrder.Document? = nil, signedBy recorders: [TestRecorder] = []
    ) async throws -> (number: UInt64, missing: Int) {
        var order = EvidenceOrder(subject, by: by, party: party, second: second, document: document)
        order.signatures = try recorders.map { try $0.signature(under: order.attestedText()) }
        return try await give(order)
    }

    /// Attests to an earlier record.
    @discardableResult
    func attest(to number: UInt64, by recorders: [TestRecorder]) async throws -> (number: UInt64, missing: Int) {
        let record = try #require(facts.record(number))
        let text = AttestedText(record.subject, provenance: record.provenance)
        return try await give(
            EvidenceOrder(
                .attestation(AttestationOrder(number: number)), by: "bob", party: "acme",
                signatures: recorders.map { try $0.signature(under: text) }))
    }

    /// Gives an order as it is.
    func give(_ order: EvidenceOrder) async throws -> (number: UInt64, missing: Int) {
        guard case .recorded(let number, let missing) = try await self.order(.record(order)) else {
            throw ServiceError(.failed, "the gateway answered something else")
        }
        return (number, missing)
    }
}

/// A recorder with a key of its own.
struct TestRecorder: Sendable {
    let recorder: Recorder
    private let key: RecorderKey

    init(_ id: String, kinds: [PeopleEvidence.Kind], parties: [String] = ["acme", "microsoft"]) throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("key-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        key = try RecorderKey.make(at: path)
        recorder = Recorder(
            id: id, publicKey: Array(try #require(Data(base64Encoded: key.publicKey))), kinds: kinds, parties: parties)
    }

    /// The recorder's signature; found by its key where the name is left out.
    func signature(under text: AttestedText, named: Bool = false) throws -> EvidenceOrder.Signature {
        EvidenceOrder.Signature(recorder: named ? recorder.id : nil, bytes: Data(try key.sign(text)))
    }
}
