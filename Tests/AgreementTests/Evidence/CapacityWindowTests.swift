// SPDX-License-Identifier: Apache-2.0

import Agreement
import Testing

@Suite("Capacity windows")
struct CapacityWindowTests {
    private let start = Scenario.noon

    private func refuse(
        _ window: inout CapacityWindow, after milliseconds: Int64 = 0, retryAfter: Int64? = nil, revision: UInt64 = 1
    ) {
        window.record(
            .noCapacity, at: start.advanced(byMilliseconds: milliseconds), retryAfterMilliseconds: retryAfter, speed: 1,
            revision: revision)
    }

    private func wait(_ window: CapacityWindow) -> Int64 {
        window.skipUntil.milliseconds(since: start)
    }

    @Test("A window goes from sufficient to constrained to recovering and back")
    func states() {
        var window = CapacityWindow()
        #expect(window.state == .sufficient)
        refuse(&window)
        #expect(window.state == .constrained)
        window.recordSuccess(required: 3)
        #expect(window.state == .recovering)
        window.recordSuccess(required: 3)
        #expect(window.state == .recovering)
        window.recordSuccess(required: 3)
        #expect(window == CapacityWindow())
    }

    @Test("A success on a sufficient lane changes nothing")
    func idleSuccess() {
        var window = CapacityWindow()
        window.recordSuccess(required: 3)
        #expect(window == CapacityWindow())
    }

    @Test("Where no wait is stated it is one second, doubling to thirty")
    func unstated() {
        var window = CapacityWindow()
        var waits: [Int64] = []
        for _ in 0..<8 {
            refuse(&window)
            waits.append(wait(window))
        }
        #expect(waits == [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
    }

    @Test("The later of two deadlines holds")
    func laterDeadline() {
        var window = CapacityWindow()
        refuse(&window, retryAfter: 20_000)
        refuse(&window, after: 5_000, retryAfter: 1_000)
        #expect(wait(window) == 20_000)
        refuse(&window, after: 6_000, retryAfter: 60_000)
        #expect(wait(window) == 66_000)
    }

    @Test("A stated wait starts the doubling of unstated ones anew")
    func statedResets() {
        var window = CapacityWindow()
        for _ in 0..<4 { refuse(&window) }
        refuse(&window, after: 100_000, retryAfter: 0)
        refuse(&window, after: 200_000)
        #expect(wait(window) == 201_000)
    }

    @Test("A wait is believed for a day at most, and one in the past not at all", arguments: [Int64.max, .min, -5])
    func absurdWaits(milliseconds: Int64) {
        var window = CapacityWindow()
        refuse(&window, retryAfter: milliseconds)
        #expect(wait(window) == (milliseconds > 0 ? 86_400_000 : 0))
    }

    @Test("A recovering lane admits one request, then one, two, four and so on at a time")
    func admitted() {
        var window = CapacityWindow()
        refuse(&window)
        var counts = [window.admitted]
        for _ in 0..<5 {
            window.recordSuccess(required: 30)
            counts.append(window.admitted)
        }
        #expect(counts == [1, 1, 2, 4, 8, 16])
    }

    @Test("A refusal while the lane recovers constrains it again, and its successes count from the start")
    func relapse() {
        var window = CapacityWindow()
        refuse(&window, retryAfter: 1_000)
        window.recordSuccess(required: 3)
        window.recordSuccess(required: 3)
        refuse(&window, after: 2_000, retryAfter: 4_000, revision: 9)
        #expect(window.state == .constrained)
        #expect(window.admitted == 1)
        #expect(wait(window) == 6_000)
        window.recordSuccess(required: 3)
        window.recordSuccess(required: 3)
        #expect(window.state == .recovering)
        window.recordSuccess(required: 3)
        #expect(window.state == .sufficient)
    }

    @Test("After the wait that was stated the next request is the probe while others rely on the same evidence")
    func probe() throws {
        var scenario = try Scenario(
            clauses: "id: home, kind: primary-cloud, cloud: azure, meaning: try-first, spill_on: {any_of: [capacity]}")
        scenario.refuse("azure-od", retryAfterMilliseconds: 5_000)
        scenario.pass(milliseconds: 4_999)
        #expect(scenario.outcome() == ["aws-od capacity"])
        scenario.pass(milliseconds: 1)
        #expect(scenario.outcome() == ["azure-od primary probe", "aws-od capacity"])
        scenario.succeed("azure-od")
        scenario.succeed("azure-od")
        #expect(scenario.outcome() == ["azure-od primary probe", "aws-od capacity"])
        scenario.succeed("azure-od")
        #expect(scenario.outcome() == ["azure-od primary"])
    }

    @Test("Two deployments with one account, region, model and lane share a window; others do not")
    func sharedLane() throws {
        var scenario = try Scenario(
            clauses: "id: home, kind: primary-cloud, cloud: azure, meaning: try-first",
            deployments: [Scenario.deployment("azure-1", on: "azure"), Scenario.deployment("azure-2", on: "azure")])
        scenario.refuse("azure-1")
        #expect(scenario.decide().refusal == .primaryBusy)
        let other = Scenario.deployment("azure-2", on: "azure", account: "second")
        scenario = try Scenario(
            clauses: "id: home, kind: primary-cloud, cloud: azure, meaning: try-first",
            deployments: [Scenario.deployment("azure-1", on: "azure"), other])
        scenario.refuse("azure-1")
        #expect(scenario.outcome() == ["azure-2 primary"])
    }
}
