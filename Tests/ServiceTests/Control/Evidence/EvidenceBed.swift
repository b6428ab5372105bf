// SPDX-License-Identifier: Apache-2.0

import Agreement
import Foundation
import Gateway
import Service

/// A data folder with an agreement and deployments, at one instant, without a gateway.
final class EvidenceBed: Sendable {
    /// When everything happens.
    static let now = "2026-11-25T12:00:00Z"

    static let agreement = """
        agreement: deal
        timezone: America/Los_Angeles
        parties: {acme: {name: Acme}, microsoft: {name: Microsoft}, nvidia: {name: Nvidia}}
        clouds: {azure: {operator: microsoft}, aws: {operator: amazon}}
        events: {exit: {declared_by: acme, verified_by: panel}, merger: {declared_by: acme}}
        instruments:
          - id: signed
            kind: agreement
            effective: 2020-01-01
            clauses:
              - {id: primary, kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: {any_of: [declined]}}
              - {id: look, kind: right-of-first-refusal, holder: microsoft, cloud: azure, trigger: {text: New capacity., at_least: 1 GW}, response_window: 10d}
              - {id: one-look, kind: right-of-first-refusal, holder: microsoft, cloud: azure, trigger: {text: New capacity.}, response_window: 10d, partial: split, re_offer: none}
              - {id: old-look, kind: right-of-first-refusal, holder: microsoft, cloud: azure, trigger: {text: New capacity.}, response_window: 10d, through: 2021-12-31}
              - {id: next-look, kind: right-of-first-refusal, holder: microsoft, cloud: azure, trigger: {text: New capacity.}, response_window: 10d, from: 2027-01-01}
              - {id: compute, kind: limit, meter: flops, of: Compute., at_most: 1e26 FLOP, on_missing: permit}
              - {id: old-limit, kind: limit, meter: watts, of: Power., at_most: 1 GW, on_missing: permit, through: 2021-12-31}

        """

    let node: LedgerNode
    let operations: Operator

    init(recorders: [Recorder] = [], agreement: String? = EvidenceBed.agreement) throws {
        let folder = try GatewayBed.makeFolder()
        let wall = Instant(rfc3339: Self.now)?.nanoseconds ?? 0
        node = try LedgerNode(folder: folder, wall: { wall }, onTrouble: { _ in })
        if let agreement {
            let (file, reading) = TestAgreement.read(agreement)
            _ = try node.adopt(reading, file: file)
        }
        let deployments = ["azure", "aws"].map { cloud in
            Deployment(
                id: cloud, cloud: cloud, account: "a", region: "r", lane: .onDemand, model: "gpt",
                publisher: "openai", features: FeatureSet(rawValue: .max), rank: 100)
        }
        try node.configure(
            PlacementConfiguration(
                deployments: DeploymentTable(deployments), derivatives: ["gpt": "base"], recorders: recorders))
        operations = Operator(node: node, pepper: [])
    }

    deinit {
        node.close()
        try? FileManager.default.removeItem(atPath: node.folder)
    }

    /// Gives an order: the number of the record, or why there is none.
    func give(_ order: EvidenceOrder) async throws(ServiceError) -> UInt64 {
        switch await operations.carryOut(.record(order)) {
        case .recorded(let number, _): return number
        case .refused(let code, let message): throw ServiceError(code == "usage" ? .usage : .refused, message)
        default: throw ServiceError(.failed, "no answer to the order")
        }
    }

    @discardableResult
    func record(
        _ subject: EvidenceOrder.Subject, party: String = "acme", second: String? = nil,
        document: EvidenceOrder.Document? = nil
    ) async throws(ServiceError) -> UInt64 {
        try await give(EvidenceOrder(subject, by: "Ann Ames", party: party, second: second, document: document))
    }

    /// Why a subject is refused; `nil` where it is recorded.
    func refusal(
        of subject: EvidenceOrder.Subject, party: String = "acme", second: String? = nil,
        document: EvidenceOrder.Document? = nil
    ) async -> String? {
        do throws(ServiceError) {
            _ = try await record(subject, party: party, second: second, document: document)
            return nil
        } catch {
            return "\(error.code == .usage ? "usage" : "refused"): \(error.message)"
        }
    }
}
