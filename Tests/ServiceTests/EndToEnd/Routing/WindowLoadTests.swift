// SPDX-License-Identifier: Apache-2.0

import Agreement
import Foundation
import Gateway
import Records
import Service
import Synchronization
import Testing

@Suite("Capacity windows under load")
struct WindowLoadTests {
    /// How many requests are at an upstream, and how many were at most.
    private final class Gauge: Sendable {
        private let state = Mutex((now: 0, most: 0, refuses: true))

        func enter() -> Bool {
            state.withLock { state in
                state.now += 1
                state.most = max(state.most, state.now)
                return state.refuses
            }
        }

        func leave() { state.withLock { $0.now -= 1 } }

        /// Serves from now on, and forgets the most.
        func open() { state.withLock { $0 = ($0.now, 0, false) } }

        var most: Int { state.withLock { $0.most } }
        var now: Int { state.withLock { $0.now } }
    }

    @Test("one request probes at a time over all event loops, and no permit is lost when probes end badly")
    func oneProbe() async throws {
        // Holds its answers until it is told otherwise.
        let refuses = Switch(true)
        let breaks = Switch(false)
        let upstream = try await RecordingUpstream.start { _, _ in
            if refuses.isOn { return [.send(UpstreamText.noCapacity("retry-after-ms: 1"))] }
            return breaks.isOn ? [.close] : []
        }
        try await GatewayBed.run(.primary(at: upstream) { $0.threads = 2 }) { bed in
            try await #expect(bed.chat().status == 200)
            refuses.set(false)
            let before = upstream.requests.count
            // The first probe gets no answer: its client leaves. Others go where the evidence lets them.
            let probe = try await bed.connect()
            try await probe.send(bed.request())
            try await until("the probe is with the primary") { upstream.requests.count == before + 1 }
            try await #expect(bed.load(80, clients: 8)[200] == 80)
            #expect(upstream.requests.count == before + 1)
            await probe.close()
            try await until("the permit is free") { bed.permits == 0 }
            // The second breaks.
            breaks.set(true)
            _ = try await bed.chat()
            #expect(upstream.requests.count >= before + 2)
            try await until("all permits are free") { bed.permits == 0 }
        }
        await upstream.stop()
    }

    @Test("a probe that runs into the limit gives its permit back, and the next one takes it")
    func lateProbe() async throws {
        let refuses = Switch(true)
        let upstream = try await RecordingUpstream.start { _, _ in
            refuses.isOn ? [.send(UpstreamText.noCapacity("retry-after-ms: 1"))] : []
        }
        try await GatewayBed.run(.primary(at: upstream) { $0.limits.answerMilliseconds = 500 }) { bed in
            try await #expect(bed.chat().status == 200)
            refuses.set(false)
            for number in 2...3 {
                // It is served elsewhere or told so.
                _ = try await bed.chat()
                try await until("the permit is free again") { bed.permits == 0 }
                #expect(upstream.requests.count == number)
            }
        }
        await upstream.stop()
    }

    @Test("P13: a second refusal extends the time for which a lane is skipped, and a shorter one never cuts it")
    func extends() async throws {
        let refusals = Mutex(["retry-after-ms: 60000", "retry-after-ms: 20"])
        let started = Switch(false)
        let upstream = try await RecordingUpstream.start { _, _ in
            started.set(true)
            let header = refusals.withLock { $0.isEmpty ? "retry-after: 1" : $0.removeFirst() }
            return [.send(UpstreamText.noCapacity(header))]
        }
        try await GatewayBed.run(.primary(at: upstream) { $0.threads = 2 }) { bed in
            // Both are under way before either is refused.
            async let one = bed.chat()
            async let two = bed.chat()
            _ = try await (one, two)
            let left = bed.window.skipUntil.milliseconds(since: bed.application.node.clock.now())
            #expect(left > 50_000)
        }
        await upstream.stop()
    }

    @Test("a lane that recovers takes 1, 2, 4 and so on at a time until it is sufficient, and no permit is left")
    func ramp() async throws {
        let refuses = Switch(true)
        let gauge = Gauge()
        let upstream = try await RecordingUpstream.start { _, _ in
            _ = gauge.enter()
            gauge.leave()
            return refuses.isOn
                ? [.send(UpstreamText.noCapacity("retry-after-ms: 50"))] : [.send(UpstreamText.answer())]
        }
        let agreement = TestAgreement.primaryCloud.replacing("successes: 2", with: "successes: 12")
        try await GatewayBed.run(
            .primary(at: upstream) {
                $0.agreements = [agreement]
                $0.threads = 2
            }
        ) { bed in
            try await #expect(bed.load(80, clients: 8) == [200: 80])
            refuses.set(false)
            try await until("the window closes") {
                try await #expect(bed.load(16, clients: 8) == [200: 16])
                return bed.window.state == .sufficient
            }
            #expect(bed.permits == 0)
            try await #expect(bed.load(80, clients: 8) == [200: 80])
            let recovered = try await bed.entries().count { if case .laneRecovered = $0 { true } else { false } }
            #expect(recovered >= 12)
        }
        await upstream.stop()
    }

    @Test("a probe that is under way when the gateway drains gives its permit back")
    func drain() async throws {
        let refuses = Switch(true)
        let upstream = try await RecordingUpstream.start { _, _ in
            refuses.isOn ? [.send(UpstreamText.noCapacity("retry-after-ms: 1"))] : []
        }
        let setup = GatewayBed.Setup.primary(at: upstream) { $0.limits.drainMilliseconds = 50 }
        await Turnstile.gateways.enter()
        defer { Turnstile.gateways.leave() }
        let folder = try GatewayBed.makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let bed = try await GatewayBed.start(setup, folder: folder)
        try await #expect(bed.chat().status == 200)
        refuses.set(false)
        let probe = try await bed.connect()
        try await probe.send(bed.request())
        try await until("the probe is with the primary") { upstream.requests.count == 2 }
        #expect(bed.permits == 1)
        await bed.stop()
        #expect(bed.permits == 0)
        await probe.close()
        try GatewayBed.expectIntact(folder)
        await upstream.stop()
    }
}

extension GatewayBed {
    /// The requests that are on recovering lanes now.
    var permits: Int { application.node.book.permits }
}
