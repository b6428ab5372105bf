// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Requests for support")
struct SupportRequestTests {
    private let hour: Int64 = 3_600_000

    private func later(_ hours: Int64) -> Instant {
        Scenario.noon.advanced(byMilliseconds: hours * hour)
    }

    private func decline(
        requested: Instant? = nil, answered: Instant? = nil, features: FeatureSet = .longContext,
        until: Instant = .distantFuture, models: [String] = []
    ) -> Decline {
        Decline(
            cloud: "azure", features: features, models: models, requested: requested, answered: answered, until: until)
    }

    private func states(_ request: SupportRequest, at hours: [Int64]) -> [SupportRequest.State?] {
        hours.map { request.state(at: later($0)) }
    }

    @Test("A request is asked, and silent once the time that the clause gives is over")
    func silence() {
        let rules = SupportRequest.Rules(silenceMilliseconds: 3 * hour)
        let request = SupportRequest(decline(requested: later(0)), recorded: later(0), rules: rules)
        #expect(states(request, at: [-1, 0, 2, 3, 9]) == [nil, .asked, .asked, .silent, .silent])
        let patient = SupportRequest(decline(requested: later(0)), recorded: later(0), rules: .init())
        #expect(states(patient, at: [0, 9_000]) == [.asked, .asked])
        #expect(patient.ground == nil)
    }

    @Test("An answer that declines in time leaves no silence, whenever it is recorded")
    func answeredInTime() {
        let rules = SupportRequest.Rules(noticeMilliseconds: 5 * hour, silenceMilliseconds: 3 * hour)
        var request = SupportRequest(decline(requested: later(0)), recorded: later(0), rules: rules)
        request.take(answer: decline(answered: later(1)), recorded: later(1))
        #expect(request.ground == nil)

        var late = SupportRequest(decline(requested: later(0)), recorded: later(0), rules: rules)
        late.take(answer: decline(answered: later(1)), recorded: later(6))
        #expect(states(late, at: [1, 3, 5, 6]) == [.asked, .silent, .silent, .over])
    }

    @Test("A late answer takes the place of the silence when it may be relied on, without a gap")
    func answeredLate() {
        let rules = SupportRequest.Rules(noticeMilliseconds: 2 * hour, silenceMilliseconds: 3 * hour)
        let answer = decline(answered: later(4))
        var request = SupportRequest(decline(requested: later(0)), recorded: later(0), rules: rules)
        request.take(answer: answer, recorded: later(4))
        #expect(states(request, at: [3, 4, 5, 6]) == [.silent, .silent, .silent, .over])
        #expect(
            states(SupportRequest(answer, recorded: later(4), rules: rules), at: [4, 5, 6]) == [
                .asked, .asked, .declined,
            ])
    }

    @Test("Support ends what was declined or silent, from the later of its instant and its recording")
    func supported() {
        let support = SupportAnswer(cloud: "azure", features: .longContext, models: [], from: later(5))
        for record in [decline(answered: later(0)), decline(requested: later(0))] {
            var request = SupportRequest(
                record, recorded: later(0), rules: .init(silenceMilliseconds: 2 * hour))
            request.take(support: support, recorded: later(4))
            #expect(request.state(at: later(4)) != .supported)
            #expect(states(request, at: [5, 9]) == [.supported, .supported])
        }
    }

    @Test("In decisions support lifts only the features and models that it names, until the cloud declines anew")
    func decisions() throws {
        let vision = try #require(FeatureSet(name: "vision"))
        var scenario = try Scenario(
            clauses: "id: home, kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: {any_of: [declined]}")
        var workload = Scenario.chat
        func moves(_ feature: FeatureSet) -> Bool {
            workload.features = feature
            return scenario.outcome(workload) == ["aws-od declined"]
        }
        scenario.record(.decline(decline(answered: scenario.now, features: [.longContext, vision])))
        #expect(moves(.longContext) && moves(vision))
        scenario.record(.support(SupportAnswer(cloud: "aws", features: vision, models: [], from: scenario.now)))
        scenario.record(.support(SupportAnswer(cloud: "azure", features: vision, models: ["mini"], from: scenario.now)))
        #expect(moves(.longContext) && moves(vision))
        scenario.record(.support(SupportAnswer(cloud: "azure", features: vision, models: ["gpt"], from: scenario.now)))
        #expect(moves(.longContext) && !moves(vision))
        // A request that needs both is declined as long as one of them is.
        #expect(moves([.longContext, vision]))
        scenario.record(.decline(decline(answered: scenario.now, features: vision)))
        #expect(moves(vision))
    }

    @Test("Support that is revoked takes its effect back")
    func revokedSupport() throws {
        var scenario = try Scenario(
            clauses: "id: home, kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: {any_of: [declined]}")
        var workload = Scenario.chat
        workload.features = .longContext
        let declined = scenario.record(.decline(decline(answered: scenario.now)))
        let number = scenario.record(
            .support(SupportAnswer(cloud: "azure", features: .longContext, models: [], from: scenario.now)))
        #expect(scenario.outcome(workload) == ["azure-od primary"])
        scenario.record(.revocation(of: number))
        #expect(scenario.outcome(workload) == ["aws-od declined"])
        #expect(scenario.decide(workload)[0].evidence == declined)
    }
}
