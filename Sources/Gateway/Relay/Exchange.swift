// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import NIOCore
internal import Providers
internal import Records
internal import Wire

/// One accepted request from its admission to its end: decide, try, relay, settle.
///
/// Lives on one event loop. Every path ends in ``finish(_:)``, once.
final class Exchange {
    /// Where the request stands.
    enum Phase {
        /// A decision is being made or its entry is on the way to disk before another cloud may be called.
        case deciding
        case connecting
        case awaitingHead
        /// An error answer is being read.
        case readingError
        /// An answer that is not streamed is held until it is whole or too long.
        case readingAnswer
        case streaming
        /// A clause obliges to wait before the same deployment is tried again.
        case waiting
        case finished
    }

    let loop: LoopContext
    let client: ClientHandler
    let keyState: KeyState
    let id: RequestID
    /// The admission, which picks the terms for the request's whole life.
    let at: Instant
    let started: NIODeadline
    let body: ByteBuffer
    let scan: RequestScan
    /// Where the request has to be served, for the state that it builds on.
    var binding: StateBinding
    /// Whether nobody knew where that is.
    var isStateUnknown = false
    /// Whether a deployment was passed over for that state.
    var isHeldByState = false
    let features: FeatureSet
    let surface: Surface
    let trace: TraceContext?

    var phase = Phase.deciding
    var snapshot: Snapshot
    var planned: WorkloadSlot.Planned
    var decision = Decision()
    var decisionNumber: UInt8 = 0
    var decisionsMade = 0
    /// The next entry of the decision to try.
    var position = 0
    /// Entries behind the next one that were tried before it, as bits.
    var taken: UInt16 = 0
    var own = OwnSignals()
    /// The hash of what stays together under a migration, once one asked for it.
    var migrationSeed: UInt64?
    /// How the decision's deployments are reached; a reload takes none of them away from a request that began before.
    private(set) var targets: UpstreamTargets
    var attempts: [PlacementEntry.Attempt] = []
    /// Deployments that were listed and not tried.
    var passedOver: [PassedOver] = []
    var current: Attempt?
    /// Counts the tries, so that late word from an earlier one is told apart.
    var attemptNumber = 0
    /// Whether the ledger takes nothing down of this request.
    var isUnrecorded = false
    var gate = Gate.open
    /// Whether the answer is whole and waits for the ledger alone.
    var endsWithGate = false
    /// The answer of the primary that the client gets when everything is exhausted.
    var primaryError: UpstreamErrorAnswer?
    var waitTask: Scheduled<Void>?
    /// The attempt that ended last.
    var lastAttempt: Attempt?
    /// The HTTP status of the answer; 0 while there is none.
    var answerStatus: UInt16 = 0
    var firstByte: Instant?
    /// The number under which the last decision waits for the disk.
    var gateSequence: UInt64 = 0
    /// Whether the last decision is known to be on disk, or need not be.
    var gatePassed = false
    /// What was set aside for the request where its key has limits.
    var reservation: KeyReservation?
    /// How the key stood at the admission.
    var rateStanding: RateStanding?
    /// The bytes that the body takes of what all bodies may.
    var bodyClaim: BodyClaim?
    /// Whether the request counts among those in flight.
    var isInFlight = false
    var times = RequestTimes()

    /// Whether word of the ledger is awaited.
    enum Gate: Equatable {
        case open
        /// The head of the answer waits until the decision is on disk.
        case head
        /// The first byte to another cloud waits until the decision is on disk.
        case spill
    }

    /// An upstream's error as the client may get it.
    struct UpstreamErrorAnswer {
        var status: Int
        var body: ByteBuffer
        /// Whether the body is an error in the shape that the client's dialect has.
        var isInDialect: Bool
        var signal: Signal
    }

    init(
        loop: LoopContext, client: ClientHandler, keyState: KeyState, body: consuming ByteBuffer,
        scan: consuming RequestScan
    ) {
        self.loop = loop
        self.client = client
        self.keyState = keyState
        binding = Self.binding(scan, body, loop.shared.stateHomes)
        id = loop.nextRequestID()
        trace = client.trace
        at = loop.instant
        started = loop.now
        var features = FeatureSet(rawValue: scan.features.rawValue)
        if scan.promptBytes / 4 >= Self.longContextTokensMin { features.insert(.longContext) }
        features.insert(FeatureSet(scan.operation))
        self.features = features
        surface = keyState.key.surface ?? (scan.isStateful ? .statefulAPI : .statelessAPI)
        let snapshot = loop.snapshot
        planned = keyState.slot(model: scan.model, in: snapshot.facts.configuration.deployments)
            .planned(features: features, surface: surface, at: at, under: snapshot)
        self.snapshot = snapshot
        targets = loop.targets
        self.scan = scan
        self.body = body
    }

    /// From how many prompt tokens, estimated at four bytes each, a request has a long context.
    static let longContextTokensMin = 128_000

    /// The text of the identifier.
    var idText: String { id.description }

    /// The estimate of the prompt's tokens, at four bytes each.
    var promptTokensEstimate: Int { (scan.promptBytes + 3) / 4 }

    var table: DeploymentTable { planned.plan.table }

    /// What the loop remembers of the key and the model.
    var slot: WorkloadSlot { keyState.slot(model: scan.model, in: snapshot.facts.configuration.deployments) }

    // MARK: Start

    func start() {
        loop.metrics.accepted += 1
        loop.metrics.requestsInFlight += 1
        isInFlight = true
        loop.budget.admit(loop.limits.routing)
        decide()
    }

    /// Asks the terms, writes the answer down, and goes on with it.
    func decide() {
        phase = .deciding
        if decisionsMade > 0 {
            own = own.moved(from: table, to: loop.snapshot, model: scan.model)
            snapshot = loop.snapshot
            targets = loop.targets
            planned = slot.planned(features: features, surface: surface, at: at, under: snapshot)
        }
        let now = loop.instant
        let made = planned.plan.decide(
            windows: snapshot.facts.windows, at: at, now: now, own: brought(to: planned))
        decision = made
        position = 0
        taken = 0
        let outcome = record(planned, made, now: now, isObserved: false)
        if snapshot.hasObservedAgreement, decisionsMade == 0 { observe(now: now) }
        if snapshot.shadow != nil { compareWithTrial(now: now) }
        decisionNumber = UInt8(clamping: decisionsMade)
        decisionsMade += 1
        switch outcome {
        case .accepted(let sequence):
            gateSequence = sequence
            gatePassed = !loop.shared.ledger.isStrict
        case .full:
            isUnrecorded = true
            return refuse(
                .overloaded("The ledger's queue is full; try again in a moment.", code: "ledger_queue_full"),
                reason: "overloaded", clauses: [])
        case .unavailable:
            isUnrecorded = true
            if loop.onLedgerLoss == .refuse {
                return refuse(
                    .overloaded(
                        "The ledger can't be written at present; try again in a moment.", code: "ledger_unavailable"),
                    reason: "ledger-unavailable", clauses: [])
            }
        }
        guard !keyState.isLimited || decisionsMade > 1 || passesLimits() else { return }
        tryNext()
    }

    private func record(
        _ planned: WorkloadSlot.Planned, _ decision: Decision, now: Instant, isObserved: Bool
    ) -> LedgerPort.Outcome {
        guard !isUnrecorded else { return .unavailable }
        let ledger = loop.shared.ledger
        guard ledger.isAvailable() else { return .unavailable }
        let own = brought(to: planned)
        let trace = planned.traceHash(decision, windows: snapshot.facts.windows, at: at, now: now, own: own) {
            bytes, hash in
            loop.name(bytes, hash: hash, kind: .trace, at: now)
        }
        DecisionEntry.encode(
            request: id, number: UInt8(clamping: decisionsMade), at: at, now: now, revision: snapshot.facts.revision,
            terms: planned.termsDigest, isObserved: isObserved, workload: planned.encodedWorkload,
            commitments: keyState.commitments(at: at, salts: loop.shared.salts),
            promptBytes: UInt64(scan.promptBytes), tokensMax: UInt64(max(0, scan.outputTokensMax ?? 0)), own: own,
            decision: decision, trace: trace, migration: migration(under: planned),
            in: &loop.encoder)
        return loop.encoder.withBytes { ledger.append($0) }
    }

    /// Decides under the observed agreements too, writes that down, and counts whether it would have differed.
    private func observe(now: Instant) {
        let observed = slot.planned(
            features: features, surface: surface, at: at, under: snapshot, view: .observed)
        let other = observed.plan.decide(
            windows: snapshot.facts.windows, at: at, now: now, own: brought(to: observed))
        _ = record(observed, other, now: now, isObserved: true)
        let first = decision.count > 0 ? decision[0].deployment : nil
        let otherFirst = other.count > 0 ? other[0].deployment : nil
        if first != otherFirst { loop.metrics.observedDifferences += 1 }
    }

    // MARK: Trying

    /// Tries the next deployment that the decision lists, decides again, or gives up.
    func tryNext() {
        guard phase != .finished else { return }
        if let refusal = decision.refusal { return refuse(refusal) }
        while let index = nextIndex() {
            let entry = decision[index]
            if isUnrecorded, !entry.flags.contains(.primary) { continue }
            let deployment = table.deployments[Int(entry.deployment)]
            guard let target = planned.target(of: Int(entry.deployment), among: targets), target.serves(scan.operation)
            else { continue }
            guard stateAllows(entry, deployment) else { continue }
            if entry.flags.contains(.wait) { return waitThenTry(entry, deployment, target) }
            if let reason = reasonToPass(entry, deployment, target) {
                passOver(deployment, reason)
                continue
            }
            var holdsPermit = false
            if entry.flags.contains(.probe) {
                if loop.shared.book.enter(lane: deployment.laneKey) {
                    holdsPermit = true
                } else if position < decision.count {
                    passOver(deployment, .probing)
                    continue
                }
            }
            return begin(entry, deployment, target, holdsPermit: holdsPermit)
        }
        endOfList()
    }

    private func begin(_ entry: Decision.Entry, _ deployment: Deployment, _ target: UpstreamTarget, holdsPermit: Bool) {
        attemptNumber += 1
        current = Attempt(
            entry, on: deployment, target, holdsPermit: holdsPermit, at: loop.instant, deadline: loop.now)
        if entry.flags.contains(.migrated) { current?.migration = migration(under: planned) }
        enterHealth()
        if entry.flags.contains(.primary) || isUnrecorded || gatePassed {
            connect(fresh: false)
        } else {
            // Not a byte to another cloud before the decision that lets it go there is on disk.
            gate = .spill
            times.heldSince = loop.now
            phase = .deciding
            loop.wait(for: gateSequence, self)
        }
    }

    func connect(fresh: Bool) {
        guard let current else { return }
        phase = .connecting
        loop.pool.connect(to: current.target, for: self, attempt: attemptNumber, fresh: fresh)
    }

    private func waitThenTry(_ entry: Decision.Entry, _ deployment: Deployment, _ target: UpstreamTarget) {
        let window = snapshot.facts.windows[table.laneOfDeployment[Int(entry.deployment)]]
        let wait = max(0, window.skipUntil.milliseconds(since: loop.instant))
        let spent = (loop.now - started).nanoseconds / 1_000_000
        guard spent + wait < keyState.key.deadlineMilliseconds else { return exhausted() }
        phase = .waiting
        let number = attemptNumber
        waitTask = loop.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(wait)) { [weak self] in
            guard let self, self.phase == .waiting, self.attemptNumber == number else { return }
            self.loop.clock.read()
            self.waitTask = nil
            self.begin(entry, deployment, target, holdsPermit: false)
        }
    }

    // MARK: Word from the ledger

    func gateOpened() {
        gatePassed = true
        noteGateEnd()
        let opened = gate
        gate = .open
        switch opened {
        case .open: break
        case .spill: connect(fresh: false)
        case .head: releaseOutput()
        }
    }

    func gateLost() {
        isUnrecorded = true
        noteGateEnd()
        let lost = gate
        gate = .open
        switch lost {
        case .open: break
        case .spill:
            // It can't be proved, so it does not happen.
            releasePermit()
            current = nil
            tryNext()
        case .head:
            releaseOutput()
        }
    }
}
