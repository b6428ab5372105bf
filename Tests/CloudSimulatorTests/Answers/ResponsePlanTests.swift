// SPDX-License-Identifier: Apache-2.0

import CloudSimulator
import Testing

@Suite("A response plan")
struct ResponsePlanTests {
    private func plan(
        completion: Int = 3,
        streams: Bool = true,
        usage: Bool = true,
        timeToFirstToken: Int = 100,
        interToken: Int = 10,
        speed: Int = 1,
        fault: CloudFault? = nil,
        annotatesPrompt: Bool = false
    ) throws -> ResponsePlan {
        let cloud = try SimulatedCloud.testing(
            timeToFirstTokenMilliseconds: timeToFirstToken,
            interTokenMilliseconds: interToken,
            speed: speed
        )
        let request = try CloudRequest.testing(completion: completion, streams: streams, usage: usage)
        let served = ServedRequest(
            lane: 0,
            request: request,
            completionTokens: completion,
            pace: Pace(cloud, fault: fault),
            fault: fault
        )
        return ResponsePlan(served, annotatesPrompt: annotatesPrompt)
    }

    private func steps(_ plan: inout ResponsePlan) -> [ResponsePlan.Step] {
        var steps: [ResponsePlan.Step] = []
        while steps.count < 10_000 {
            let step = plan.next()
            steps.append(step)
            if step == .finish || step == .cut { break }
        }
        return steps
    }

    @Test("streams token by token at the cloud's pace, with usage where it was asked for")
    func streams() throws {
        var plan = try plan(annotatesPrompt: true)
        #expect(
            steps(&plan) == [
                .wait(microseconds: 100_000), .head, .event(.promptFilterResults), .event(.role),
                .event(.content(from: 0, tokens: 1)), .wait(microseconds: 10_000),
                .event(.content(from: 1, tokens: 1)), .wait(microseconds: 10_000),
                .event(.content(from: 2, tokens: 1)), .event(.finishReason), .event(.usage(completionTokens: 3)),
                .event(.done), .finish,
            ]
        )
        let ending = RequestEnding(kind: .completed, tokensSent: 3, completionTokensReported: 3)
        #expect(plan.ending(clientLeft: false) == ending)
    }

    @Test("joins tokens so that no timer is under 5 ms", arguments: [(10, 60), (20, 60), (1, 1), (7, 3), (1, 9_000)])
    func joins(interToken: Int, speed: Int) throws {
        var plan = try plan(completion: 500, timeToFirstToken: 0, interToken: interToken, speed: speed)
        var waited: Int64 = 0
        var tokens = 0
        for step in steps(&plan) {
            switch step {
            case .wait(let microseconds):
                #expect(microseconds >= 5_000)
                waited += microseconds
            case .event(.content(let from, let count)):
                #expect(from == tokens)
                tokens += count
            default: break
            }
        }
        #expect(tokens == 500)
        let exact = Int64(interToken) * 1_000 / Int64(speed) * 499
        #expect(abs(waited - exact) <= 10_000)
    }

    @Test("sends all at once where there are no delays")
    func atOnce() throws {
        var plan = try plan(completion: 500, usage: false, timeToFirstToken: 0, interToken: 0)
        #expect(
            steps(&plan) == [
                .head, .event(.role), .event(.content(from: 0, tokens: 500)), .event(.finishReason), .event(.done),
                .finish,
            ]
        )
        #expect(plan.ending(clientLeft: false).completionTokensReported == nil)
    }

    @Test("answers plainly after all of the time that its tokens take")
    func plain() throws {
        var plan = try plan(streams: false)
        #expect(steps(&plan) == [.wait(microseconds: 120_000), .plain(.whole), .finish])
        #expect(plan.ending(clientLeft: false).completionTokensReported == 3)
    }

    @Test("counts a client that left with the tokens that had gone out")
    func clientLeft() throws {
        var plan = try plan()
        while plan.tokensSent < 2 { _ = plan.next() }
        let ending = RequestEnding(kind: .cancelled, tokensSent: 2, completionTokensReported: nil)
        #expect(plan.ending(clientLeft: true) == ending)
    }

    @Test(
        "does each fault at its event",
        arguments: [
            (CloudFault.cut(afterEvents: 1), [ResponsePlan.Step.head, .event(.role), .cut]),
            (.cut(afterEvents: 0), [.head, .cut]),
            (
                .error(afterEvents: 1, reason: .noCapacity),
                [.head, .event(.role), .event(.error(.noCapacity)), .finish]
            ),
            (
                .stall(afterEvents: 0, milliseconds: 7),
                [.head, .wait(microseconds: 7_000), .event(.role), .event(.content(from: 0, tokens: 3))]
            ),
            (
                .malformedEvent(afterEvents: 1),
                [.head, .event(.role), .event(.malformed), .event(.content(from: 0, tokens: 3))]
            ),
            (
                .pace(timeToFirstTokenMilliseconds: 9, interTokenMilliseconds: 8),
                [.wait(microseconds: 9_000), .head, .event(.role), .event(.content(from: 0, tokens: 1))]
            ),
            (
                .usageWrong(completionTokens: 99),
                [
                    .head, .event(.role), .event(.content(from: 0, tokens: 3)), .event(.finishReason),
                    .event(.usage(completionTokens: 99)),
                ]
            ),
            (
                .usageAbsent,
                [.head, .event(.role), .event(.content(from: 0, tokens: 3)), .event(.finishReason), .event(.done)]
            ),
        ]
    )
    func faults(fault: CloudFault, expected: [ResponsePlan.Step]) throws {
        var plan = try plan(timeToFirstToken: 0, interToken: 0, fault: fault)
        #expect(Array(steps(&plan).prefix(expected.count)) == expected)
        let kind = plan.ending(clientLeft: false).kind
        switch fault {
        case .cut, .error: #expect(kind == .brokenOff)
        default: #expect(kind == .completed)
        }
    }

    @Test("does each fault to a plain answer, too")
    func plainFaults() throws {
        var cut = try plan(streams: false, timeToFirstToken: 0, interToken: 0, fault: .cut(afterEvents: 5))
        #expect(steps(&cut) == [.plain(.firstHalf), .cut])
        #expect(
            cut.ending(clientLeft: false)
                == RequestEnding(kind: .brokenOff, tokensSent: 0, completionTokensReported: nil))
        var malformed = try plan(
            streams: false, timeToFirstToken: 0, interToken: 0, fault: .malformedEvent(afterEvents: 0))
        #expect(steps(&malformed) == [.plain(.malformed), .finish])
        let stall = CloudFault.stall(afterEvents: 0, milliseconds: 7)
        var stalled = try plan(streams: false, timeToFirstToken: 0, interToken: 0, fault: stall)
        #expect(steps(&stalled) == [.wait(microseconds: 7_000), .plain(.whole), .finish])
    }
}
