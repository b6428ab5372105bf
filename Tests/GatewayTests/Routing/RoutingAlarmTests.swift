// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Synchronization
import Testing

@testable import Gateway

@Suite("Word of what does not work")
struct RoutingAlarmTests {
    private final class Told: Sendable {
        private let kept = Mutex<[String]>([])
        var lines: [String] { kept.withLock { $0 } }

        func add(_ notice: RoutingNotice) {
            kept.withLock { $0.append("\(notice.subject) \(notice.event)") }
        }
    }

    private let told = Told()
    private let alarm: RoutingAlarm

    init() {
        alarm = RoutingAlarm { [told] in told.add($0) }
    }

    private func at(_ seconds: Int64) -> NIODeadline { .uptimeNanoseconds(1) + .seconds(seconds) }

    private func tell(_ event: RoutingNotice.Event, _ subject: String = "a", loop: Int = 0, at seconds: Int64) {
        alarm.tell(
            RoutingNotice(event: event, subject: subject, address: "host:443", signal: nil), loop: loop,
            now: at(seconds))
    }

    @Test("comes once for all event loops: when the first of them lets it rest, and when none does any more")
    func loops() {
        for loop in 0..<3 { tell(.deploymentRests, loop: loop, at: 1) }
        tell(.accountRests, loop: 2, at: 1)
        for loop in 0..<3 { tell(.deploymentAnswers, loop: loop, at: 2) }
        tell(.accountWorks, loop: 2, at: 2)
        tell(.accountWorks, loop: 2, at: 2)
        #expect(told.lines == ["a deploymentRests", "a accountRests", "a deploymentAnswers", "a accountWorks"])
    }

    @Test("comes at most once a minute of what comes and goes, and then where it lasts")
    func flapping() {
        for second in 0..<30 {
            tell(.deploymentRests, at: Int64(second * 2))
            alarm.tick(at(Int64(second * 2)))
            tell(.deploymentAnswers, at: Int64(second * 2 + 1))
        }
        #expect(told.lines == ["a deploymentRests", "a deploymentAnswers"])
        tell(.deploymentRests, "b", at: 58)
        tell(.deploymentRests, at: 59)
        alarm.tick(at(59))
        #expect(told.lines.count == 3, "\(told.lines)")
        alarm.tick(at(60))
        alarm.tick(at(61))
        tell(.deploymentAnswers, at: 62)
        #expect(told.lines.dropFirst(2) == ["b deploymentRests", "a deploymentRests", "a deploymentAnswers"])
    }

    @Test("begins anew with other credentials, and goes on for deployments that stay")
    func reload() {
        for subject in ["a", "gone"] { tell(.deploymentRests, subject, at: 0) }
        tell(.accountRests, "upstream", at: 0)
        alarm.keep(loop: 0) { $0 == "a" }
        tell(.accountRests, "upstream", at: 1)
        tell(.deploymentAnswers, at: 2)
        tell(.deploymentAnswers, "gone", at: 2)
        #expect(
            told.lines == [
                "a deploymentRests", "gone deploymentRests", "upstream accountRests", "upstream accountRests",
                "a deploymentAnswers",
            ])
    }
}
