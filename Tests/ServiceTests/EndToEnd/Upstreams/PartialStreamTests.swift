// SPDX-License-Identifier: Apache-2.0

import Foundation
import Gateway
import Records
import Service
import Store
import Testing

/// A stream that does not come to a good end, and what the ledger has of it.
private struct PartialStream: CustomTestStringConvertible {
    typealias Event = UpstreamText.Event

    var testDescription: String
    var events: [String]
    /// Whether the connection is cut behind the events, rather than the stream ended.
    var isCut: Bool
    var completion: UInt64
    var basis: TokenUsage.Basis

    static let error = #"data: {"error":{"message":"overloaded","type":"server_error","code":503}}"# + "\n\n"

    static let all = [
        PartialStream(
            testDescription: "cut behind two pieces", events: [Event.role, Event.content("a"), Event.content("b")],
            isCut: true, completion: 2, basis: .estimated),
        PartialStream(
            testDescription: "cut behind its usage",
            events: [Event.role, Event.content("a"), Event.usage], isCut: true, completion: 5, basis: .reported),
        PartialStream(
            testDescription: "an error behind its usage", events: [Event.role, Event.content("a"), Event.usage, error],
            isCut: false, completion: 5, basis: .reported),
        PartialStream(
            testDescription: "an error behind two pieces",
            events: [Event.role, Event.content("a"), Event.content("b"), error], isCut: false, completion: 2,
            basis: .estimated),
    ]
}

@Suite("A stream that fails in part")
struct PartialStreamTests {
    @Test("P21: is settled with what was used, as the provider reported it or else as it was counted")
    func settled() async throws {
        let upstream = try await RecordingUpstream.start { _, number in
            guard number < PartialStream.all.count else { return [.send(UpstreamText.answer())] }
            let partial = PartialStream.all[number]
            let text = UpstreamText.streamHead + partial.events.map { UpstreamText.chunk($0) }.joined()
            return partial.isCut ? [.send(text), .close] : [.send(text + UpstreamText.streamEnd)]
        }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            for (number, partial) in PartialStream.all.enumerated() {
                let comment = Comment(rawValue: partial.testDescription)
                let answer = try await bed.chat(GatewayBed.streamBody)
                #expect(answer.status == 200, comment)
                #expect(answer.isWhole, comment)
                #expect(answer.body.contains(#""error""#), comment)
                #expect(answer.body.components(separatedBy: #""content":"a""#).count == 2, comment)
                let placement = try await bed.placements(number + 1)[number]
                #expect(placement.outcome == .failed, comment)
                #expect(placement.usage.basis == partial.basis, comment)
                #expect(placement.usage.completion == partial.completion, comment)
                #expect(placement.usage.prompt > 0, comment)
                #expect(placement.attempts.count == 1, comment)
            }
            try await bed.settled()
            let tally = try bed.application.node.tables.tally()
            #expect(tally.accepted == UInt64(PartialStream.all.count))
        }
        await upstream.stop()
    }

    @Test(
        "P26: is a row of its own whatever identifier the provider gives its answers",
        arguments: ["null", "\"\"", "\"chatcmpl-1\""])
    func ownIdentifier(id: String) async throws {
        let upstream = try await RecordingUpstream.start { _, _ in
            [.send(UpstreamText.answer(200, UpstreamText.completion.replacing("\"chatcmpl-1\"", with: id)))]
        }
        try await GatewayBed.run(.primary(at: upstream)) { bed in
            for _ in 0..<5 { try await #expect(bed.chat().status == 200) }
            let placements = try await bed.placements(5)
            #expect(Set(placements.map(\.request.description)).count == 5)
            #expect(placements.allSatisfy { $0.usage.completion == 5 })
        }
        await upstream.stop()
    }
}
