// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Providers
import Records
import Testing

@testable import Gateway

@Suite("Health of deployments")
struct HealthBookTests {
    private let limits = RoutingLimits()
    private let one = HealthBook.Subject(deployment: "one", credential: "upstream a")
    private let two = HealthBook.Subject(deployment: "two", credential: "upstream a")
    private let other = HealthBook.Subject(deployment: "other", credential: "upstream b")

    private func at(_ milliseconds: Int64) -> NIODeadline { .uptimeNanoseconds(0) + .milliseconds(milliseconds) }

    private func fail(
        _ book: inout HealthBook, _ subject: HealthBook.Subject, times: Int = 1, at milliseconds: Int64,
        probe: HealthBook.Probe? = nil, silent: Bool = true
    ) -> [HealthBook.Change] {
        var changes: [HealthBook.Change] = []
        for _ in 0..<times {
            changes += book.report(
                .failed(isSilent: silent), of: subject, probe: probe, limits: limits, now: at(milliseconds), chance: 0.5
            )
        }
        return changes
    }

    @Test("a deployment rests after five failures in a row, and a success in between starts the count anew")
    func consecutive() {
        var book = HealthBook()
        var changes = fail(&book, one, times: 4, at: 0)
        _ = book.report(.served, of: one, probe: nil, limits: limits, now: at(0), chance: 0.5)
        #expect(book.isAllWell)
        changes += fail(&book, one, times: 4, at: 0)
        #expect(changes.isEmpty)
        #expect(book.admission(one, now: at(0)) == .open)
        changes = fail(&book, one, at: 0)
        #expect(changes == [.deploymentRests])
        #expect(book.admission(one, now: at(0)) == .resting(.failing, isFinal: true))
        #expect(book.admission(two, now: at(0)) == .open)
    }

    @Test("P15: a deployment that rests is probed by one request at a time, each time later, and comes back")
    func probing() throws {
        var book = HealthBook()
        _ = fail(&book, one, times: 5, at: 0)
        var now: Int64 = 0
        var waits: [Int64] = []
        for _ in 0..<8 {
            let wait = book.waitMilliseconds(one, now: at(now), limits: limits)
            waits.append(wait)
            now += wait
            #expect(book.admission(one, now: at(now)) == .probe)
            let entered = book.enter(one, now: at(now))
            let probe = try #require(entered)
            #expect(book.admission(one, now: at(now)) == .resting(.failing, isFinal: true), "one at a time")
            let second = book.enter(one, now: at(now))
            #expect(second == nil)
            _ = fail(&book, one, at: now, probe: probe)
        }
        #expect(waits == [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
        now += 30_000
        let first = book.enter(one, now: at(now))
        let dropped = try #require(first)
        book.drop(dropped)
        let entered = book.enter(one, now: at(now))
        let probe = try #require(entered)
        var changes = book.answered(one, probe: probe)
        #expect(changes == [.deploymentWorks])
        #expect(book.admission(one, now: at(now)) == .open)
        changes = fail(&book, one, at: now)
        #expect(changes == [.deploymentRests], "it has not ended well yet, so one failure is enough")
    }

    @Test("requests that were on their way when a rest began do not prolong it")
    func stragglers() {
        var book = HealthBook()
        _ = fail(&book, one, times: 5, at: 0)
        _ = fail(&book, one, times: 50, at: 900)
        #expect(book.admission(one, now: at(1_000)) == .probe)
        _ = fail(&book, one, times: 50, at: 1_500)
        #expect(book.admission(one, now: at(1_500)) == .probe)
    }

    @Test("rests differ by a fifth, so that not all come back at once", arguments: [0.0, 0.25, 1])
    func jitter(chance: Double) {
        var rest = Rest()
        let rule = Rest.Rule(faultsMax: 1, milliseconds: 1_000, millisecondsMax: 1_000)
        let begins = rest.fail(isProbe: false, rule: rule, now: at(0), chance: chance)
        #expect(begins)
        #expect(rest.until == at(800 + Int64(400 * chance)))
    }

    @Test("P10: faults of the request, refusals and our own endings never make a deployment rest")
    func clientFaults() {
        var book = HealthBook()
        for report in [HealthReport.answered(isAdmitted: false), .answered(isAdmitted: true), .refused, .nothing] {
            for _ in 0..<1_000 {
                let changes = book.report(report, of: one, probe: nil, limits: limits, now: at(0), chance: 0.5)
                #expect(changes.isEmpty)
            }
        }
        #expect(book.admission(one, now: at(0)) == .open)
        #expect(!book.isProven("one"), "it refused, and that is remembered for the retry budget alone")
    }

    @Test("one request that probes a credential and a permission at once gives both back, however it ends")
    func probingBoth() throws {
        let ends: [HealthReport] = [
            .answered(isAdmitted: false), .nothing, .failed(isSilent: false), .account(isWhole: false),
        ]
        for end in ends {
            var book = HealthBook()
            for isWhole in [true, false, true, false, true, false] {
                _ = book.report(
                    .account(isWhole: isWhole), of: one, probe: nil, limits: limits, now: at(0), chance: 0.5)
            }
            let entered = book.enter(one, now: at(10_000))
            let probe = try #require(entered)
            _ = book.report(end, of: one, probe: probe, limits: limits, now: at(10_000), chance: 0.5)
            #expect(book.admission(one, now: at(100_000)) == .probe, "after \(end)")
        }
    }

    @Test("P11: a refused account rests with all its deployments, and no longer than a minute at a time")
    func account() throws {
        var book = HealthBook()
        for subject in [one, two, one] {
            _ = book.report(.account(isWhole: true), of: subject, probe: nil, limits: limits, now: at(0), chance: 0.5)
        }
        #expect(book.admission(one, now: at(0)) == .resting(.account, isFinal: true))
        #expect(book.admission(two, now: at(0)) == .resting(.account, isFinal: true))
        #expect(book.admission(other, now: at(0)) == .open)
        var now: Int64 = 0
        for _ in 0..<20 {
            let wait = book.waitMilliseconds(two, now: at(now), limits: limits)
            #expect((5_000...60_000).contains(wait))
            now += wait
            let entered = book.enter(two, now: at(now))
            let probe = try #require(entered)
            _ = book.report(
                .account(isWhole: true), of: two, probe: probe, limits: limits, now: at(now), chance: 0.5)
        }
        now += 60_000
        let entered = book.enter(one, now: at(now))
        let probe = try #require(entered)
        let changes = book.report(.served, of: one, probe: probe, limits: limits, now: at(now), chance: 0.5)
        #expect(changes == [.accountWorks("upstream a")])
        #expect(book.admission(two, now: at(now)) == .open)
    }

    @Test(
        "a refused account works again once a probe is told anything that only known accounts are told",
        arguments: [HealthReport.refused, .answered(isAdmitted: true)])
    func accountAdmitted(report: HealthReport) throws {
        var book = HealthBook()
        func tell(_ report: HealthReport, of subject: HealthBook.Subject, at now: Int64) -> [HealthBook.Change] {
            let probe = book.enter(subject, now: at(now))
            return book.report(report, of: subject, probe: probe, limits: limits, now: at(now), chance: 0.5)
        }
        for _ in 0..<3 { _ = tell(.account(isWhole: true), of: one, at: 0) }
        let changes = tell(report, of: one, at: 6_000)
        #expect(changes == [.accountWorks("upstream a")])
        #expect(book.admission(two, now: at(6_000)) == .open)
        let refused = tell(.account(isWhole: true), of: two, at: 6_000)
        #expect(refused == [.accountRests("upstream a")], "it has not served yet, so one refusal is enough")
        #expect(book.waitMilliseconds(one, now: at(6_000), limits: limits) == 10_000, "and longer")
    }

    @Test("a permission that one model lacks concerns that deployment alone")
    func permission() {
        var book = HealthBook()
        for _ in 0..<3 {
            _ = book.report(.account(isWhole: false), of: one, probe: nil, limits: limits, now: at(0), chance: 0.5)
        }
        #expect(book.admission(one, now: at(0)) == .resting(.account, isFinal: true))
        #expect(book.admission(two, now: at(0)) == .open)
    }

    @Test("other credentials begin anew, and what is no longer configured is forgotten")
    func reload() {
        var book = HealthBook()
        _ = fail(&book, one, times: 5, at: 0)
        _ = fail(&book, two, times: 5, at: 0)
        for _ in 0..<3 {
            _ = book.report(.account(isWhole: true), of: other, probe: nil, limits: limits, now: at(0), chance: 0.5)
        }
        book.keep { $0 == "one" }
        #expect(book.admission(one, now: at(0)) == .resting(.failing, isFinal: true))
        #expect(book.admission(two, now: at(0)) == .open)
        #expect(book.admission(other, now: at(0)) == .open)
    }

    @Test("every signal says one thing of health", arguments: SignalClass.allCases)
    func signals(signalClass: SignalClass) {
        let signal = Signal(
            signalClass: signalClass, vendorCode: .none, status: 500, isInStream: false, retryAfterMilliseconds: nil,
            hasProviderRequestID: false, messageFingerprint: 0)
        let expected: HealthReport =
            switch signalClass {
            case .success: .served
            case .reservedFull, .noCapacity, .ownQuota, .ramp: .refused
            case .billing, .auth: .account(isWhole: true)
            case .request: .answered(isAdmitted: false)
            case .filter: .answered(isAdmitted: true)
            case .outage: .failed(isSilent: false)
            case .ours: .nothing
            }
        #expect(HealthReport(signal, isInTime: true) == expected)
    }

    @Test("causes on our side of the network", arguments: LocalCause.allCases)
    func causes(cause: LocalCause) {
        let expected: HealthReport =
            switch cause {
            case .connectFailed, .nameNotResolved, .tlsFailed: .failed(isSilent: true)
            case .connectionLost, .malformedResponse, .timeout: .failed(isSilent: false)
            case .limiter, .budget, .queueFull, .circuitOpen, .clientGone: .nothing
            }
        #expect(HealthReport(Signal(cause), isInTime: true) == expected)
        if cause == .timeout { #expect(HealthReport(Signal(cause), isInTime: false) == .nothing) }
    }
}
