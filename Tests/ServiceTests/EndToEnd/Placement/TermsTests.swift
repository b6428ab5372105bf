// SPDX-License-Identifier: Apache-2.0

import Agreement
import CloudSimulator
import Foundation
import Gateway
import Records
import Service
import Testing

@Suite("The terms in a running gateway")
struct TermsTests {
    @Test("keep an exclusive request home whatever happens there")
    func exclusive() async throws {
        try await GatewayBed.run(.init { $0.agreements = [TestAgreement.exclusive] }) { bed in
            try bed.lackCapacity()
            let answer = try await bed.chat()
            #expect(answer.status == 429)
            #expect(answer["retry-after"] != nil)
            try await #expect(bed.chat().status == 429)
            try bed.clouds["azure"]?.setFaults([FaultRule(.refuse(reason: .outage500))])
            try await #expect(bed.chat().status >= 429)
            #expect(bed.arrived("aws") + bed.arrived("oracle") == 0)
        }
    }

    @Test("refuse with the clause's name what a lapsed licence covered")
    func lapsedLicence() async throws {
        let setup = GatewayBed.Setup {
            $0.agreements = [TestAgreement.lapsedLicence]
            $0.clouds = ["azure"]
        }
        try await GatewayBed.run(setup) { bed in
            let answer = try await bed.chat()
            #expect(answer.status == 403)
            #expect(answer.errorCode == "forbidden")
            #expect(answer.errorMessage.contains("deal/licence"))
            #expect(answer["x-should-retry"] == "false")
            let refusal = try #require(try await bed.refusals(1).first)
            #expect(refusal.reason == "forbidden")
            #expect(refusal.clauses == ["deal/licence"])
            #expect(bed.arrived("azure") == 0)
        }
    }

    @Test("refuse a request about which two agreements contradict each other")
    func conflict() async throws {
        let setup = GatewayBed.Setup {
            $0.agreements = [
                TestAgreement.exclusive,
                TestAgreement.text(
                    id: "other", clauses: "- {id: only-aws, kind: exclusivity, aspect: hosting, cloud: aws}"),
            ]
            $0.clouds = ["azure", "aws"]
        }
        try await GatewayBed.run(setup) { bed in
            let answer = try await bed.chat()
            #expect(answer.status == 403)
            #expect(answer.errorCode == "conflict")
            #expect(answer.errorMessage.contains("deal/only-azure"))
            #expect(answer.errorMessage.contains("other/only-aws"))
        }
    }

    @Test("move only the requests that need what the primary declined, at once, and back when it is revoked")
    func decline() async throws {
        try await GatewayBed.run { bed in
            let tools =
                #"{"model":"gpt","max_tokens":5,"messages":[],"tools":[{"type":"function","function":{"name":"f"}}]}"#
            try await #expect(bed.chat(tools)["x-concordat-ground"] == "primary")
            let order = EvidenceOrder(
                .decline(DeclineOrder(cloud: "azure", features: ["tools"], answered: bed.now())), by: "ann",
                party: "microsoft")
            guard case .recorded(let number, 0) = try await bed.order(.record(order)) else {
                Issue.record("the decline was not recorded")
                return
            }
            let moved = try await bed.chat(tools)
            #expect(moved["x-concordat-ground"] == "declined")
            #expect(moved["x-concordat-deployment"] == "aws-on-demand")
            try await #expect(bed.chat()["x-concordat-ground"] == "primary")
            let placements = try await bed.placements(3)
            #expect(placements.map(\.evidence) == [0, number, 0])
            #expect(placements[1].clause == "deal/primary")

            let revocation = EvidenceOrder(
                .revocation(RevocationOrder(number: number)), by: "ann", party: "microsoft")
            _ = try await bed.order(.record(revocation))
            try await #expect(bed.chat(tools)["x-concordat-ground"] == "primary")
        }
    }

    @Test("that are only observed change no placement and are in the ledger and the metrics")
    func observed() async throws {
        let setup = GatewayBed.Setup {
            $0.agreements = [
                TestAgreement.primaryCloud,
                TestAgreement.primary(id: "watched", cloud: "aws", spillOn: "{any_of: [capacity]}"),
            ]
            $0.enforcement = ["watched": .observe]
        }
        try await GatewayBed.run(setup) { bed in
            try await #expect(bed.chat()["x-concordat-deployment"] == "azure-reserved")
            let decisions = try await bed.entries().compactMap { entry -> DecisionEntry? in
                if case .decision(let decision) = entry { decision } else { nil }
            }
            #expect(decisions.map(\.isObserved) == [false, true])
            #expect(decisions[1].decision.refusal == .conflict)
            #expect(await bed.application.server.metrics().observedDifferences == 1)
            try await #expect(bed.placement().clause == "deal/primary")
        }
    }

    @Test("give way to an override of two persons, whose placements are departures")
    func override() async throws {
        try await GatewayBed.run(.init { $0.agreements = [TestAgreement.exclusive] }) { bed in
            var order = EvidenceOrder(bed.override(to: "aws"), by: "ann", party: "acme")
            await #expect(throws: ServiceError.self) { try await bed.order(.record(order)) }
            order.second = "bob"
            guard case .recorded(let number, 0) = try await bed.order(.record(order)) else {
                Issue.record("the override was not recorded")
                return
            }
            let answer = try await bed.chat()
            #expect(answer.status == 200)
            #expect(answer["x-concordat-ground"] == "departure")
            #expect(answer["x-concordat-deployment"] == "aws-on-demand")
            let placement = try await bed.placement()
            #expect(placement.ground == "departure")
            #expect(placement.evidence == number)
            #expect(bed.arrived("azure") == 0)
        }
    }

    @Test("let an override lift no licence")
    func overrideOfLicence() async throws {
        let setup = GatewayBed.Setup {
            $0.agreements = [TestAgreement.lapsedLicence]
            $0.clouds = ["azure"]
        }
        try await GatewayBed.run(setup) { bed in
            let order = EvidenceOrder(bed.override(to: "azure"), by: "ann", party: "acme", second: "bob")
            _ = try await bed.order(.record(order))
            try await #expect(bed.chat().status == 403)
        }
    }

    @Test("place a request that no clause binds as not covered")
    func notCovered() async throws {
        let clause =
            "- {id: only-azure, kind: exclusivity, aspect: hosting, cloud: azure, applies_to: {product: chatgpt}}"
        try await GatewayBed.run(.init { $0.agreements = [TestAgreement.text(id: "deal", clauses: clause)] }) { bed in
            let key = try await GatewayBed.makeKey(bed.application, dimensions: ["product": "chatgpt"])
            try await #expect(bed.chat(key: key)["x-concordat-ground"] == "primary")
            try await #expect(bed.chat()["x-concordat-ground"] == "not-covered")
            let placement = try await bed.placements(2)[1]
            #expect(placement.clause == "")
        }
    }
}

extension GatewayBed {
    /// Gives an order through the gateway's socket, from a thread of its own since that blocks.
    func order(_ order: ControlOrder) async throws -> ControlAnswer {
        let folder = folder
        return try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                let answer = Result { () throws(ServiceError) in try ControlClient.askGateway(order, folder: folder) }
                switch answer {
                case .success(.refused(_, let message)?):
                    continuation.resume(throwing: ServiceError(.refused, message))
                case .success(let answer?): continuation.resume(returning: answer)
                case .success(nil): continuation.resume(throwing: ServiceError(.failed, "no gateway listens"))
                case .failure(let error): continuation.resume(throwing: error)
                }
            }
        }
    }
}
