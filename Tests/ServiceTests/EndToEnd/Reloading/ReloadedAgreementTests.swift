// SPDX-License-Identifier: Apache-2.0

import Agreement
import Foundation
import Gateway
import Service
import Testing

@Suite("Agreements and deployments that a reload brings")
struct ReloadedAgreementTests {
    @Test("A new agreement that is to be observed is adopted and never enforced")
    func observed() async throws {
        try await ReloadBed.run(["azure": ReloadTests.serving(), "aws": ReloadTests.serving()]) { bed in
            try ReloadBed.write(
                TestAgreement.text(
                    id: "other", clauses: "- {id: only-aws, kind: exclusivity, aspect: hosting, cloud: aws}"),
                to: bed.folder + "/agreements/other.yaml")
            let unnamed = try await bed.refusal { $0.enforcement = ", enforcement: {othr: observe}" }
            #expect(unnamed.message.contains("'othr', which is no adopted agreement"))
            #expect(bed.application.node.book.snapshot.facts.agreements["other"] == nil)
            let outcome = try await bed.reload { $0.enforcement = ", enforcement: {other: observe}" }
            #expect(outcome.changed == ["enforcement"] && outcome.adopted == ["other/signed"])
            let answer = try await bed.chat()
            #expect(answer.status == 200 && answer["x-concordat-deployment"] == "azure-one")
            let metrics = await bed.application.server.metrics()
            #expect(metrics.observedDifferences == 1)
        }
    }

    @Test("P36: a changed adopted instrument refuses the whole, also what is sound beside it")
    func changed() async throws {
        try await ReloadBed.run(["azure": ReloadTests.serving(), "aws": ReloadTests.serving()]) { bed in
            try ReloadBed.write(
                TestAgreement.primary(spillOn: "capacity"), to: bed.folder + "/agreements/deal.yaml")
            let refusal = try await bed.refusal {
                $0.deployments["late"] = "{upstream: azure, cloud: azure, region: r2, model: late, publisher: openai}"
            }
            #expect(refusal.code == .refused && refusal.message.contains("the instrument signed was adopted at"))
            try await #expect(bed.chat(model: "late").status == 404)
        }
    }

    @Test("A request that was decided before goes where its decision says, also when the name means another cloud now")
    func redefined() async throws {
        let azure = try await RecordingUpstream.start { _, number in
            // The test answers the first one when the reload is over.
            number == 0 ? [] : [.send(UpstreamText.answer())]
        }
        let aws = try await ReloadTests.serving()
        try await ReloadBed.run(["azure": azure, "aws": aws]) { bed in
            let client = try await bed.connect()
            try await client.send(bed.request())
            try await until("the request is at the primary") { azure.requests.count == 1 }
            // The names change places, and another comes before them all.
            try await bed.reload {
                $0.deployments = [
                    "aaa": "{upstream: azure, cloud: azure, region: r2, model: aaa, publisher: openai}",
                    "aws-one": "{upstream: azure, cloud: azure, region: r1, model: gpt, publisher: openai}",
                    "azure-one": "{upstream: aws, cloud: aws, region: r1, model: gpt, publisher: openai}",
                ]
            }
            azure.push(UpstreamText.answer(429, #"{"error":{"code":"no_capacity","message":"busy"}}"#))
            let answer = try await client.answer()
            #expect(answer.status == 200)
            let isSpill = answer["x-concordat-deployment"] == "azure-one"
            #expect(answer["x-concordat-ground"] == (isSpill ? "capacity" : "primary"))
            await client.close()
            #expect(aws.requests.count == (isSpill ? 1 : 0))
        }
    }

    @Test("A request that has met a lack of capacity spills on it, although deployments were renumbered meanwhile")
    func renumbered() async throws {
        let azure = try await RecordingUpstream.start { _, _ in [] }
        try await ReloadBed.run(["azure": azure, "aws": ReloadTests.serving()]) { bed in
            let client = try await bed.connect()
            try await client.send(bed.request())
            try await until("the request is at the primary") { azure.requests.count == 1 }
            try await bed.reload {
                $0.deployments["aaa-one"] =
                    "{upstream: aws, cloud: aws, region: r9, model: gpt, publisher: openai, rank: 900}"
            }
            azure.push(UpstreamText.answer(429, #"{"error":{"code":"no_capacity","message":"busy"}}"#))
            let answer = try await client.answer()
            #expect(answer.status == 200)
            #expect(answer["x-concordat-ground"] == "capacity" && answer["x-concordat-deployment"] == "aws-one")
            #expect(azure.requests.count == 1)
            await client.close()
        }
    }
}
