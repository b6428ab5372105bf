// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import NIOCore
internal import Records
internal import Synchronization
internal import Wire

/// Everything that one event loop of the data plane keeps to itself: no lock, no sharing.
final class LoopContext {
    /// How many objects one loop remembers to have named in the ledger.
    static let namedObjectsMax = 4_096
    /// How many keys one loop remembers.
    static let keysMax = 4_096
    /// How many losses of the ledger one loop remembers.
    static let lossesMax = 64

    let eventLoop: any EventLoop
    let shared: GatewayShared
    /// The number of the loop, and how many there are: request counters interleave.
    let index: Int
    let loopCount: Int
    let clock: LoopClock
    let pool: UpstreamPool
    let spare = SpareBuffer()
    /// Where entries of requests are encoded, in memory that is used again and again.
    var encoder = CBOREncoder(reservingBytes: 2_048)

    /// What the configuration in force sets.
    var settings: LoopSettings
    /// What is set once the snapshot brings its deployments.
    var awaited: LoopSettings?
    /// What was set before, until the ledger holds its successor for good.
    var replaced: LoopSettings?
    /// The limits that hold now.
    var limits: GatewayLimits
    /// What happens now to requests while the ledger can't be written.
    var onLedgerLoss: LedgerLossPolicy

    var snapshot: Snapshot
    private(set) var keys: KeyTable
    /// Counts the tables of keys, so that what was found in an earlier one is known to be old.
    private(set) var keysVersion = 0
    var targets: UpstreamTargets { settings.targets }
    var metrics = LoopMetrics()
    var series = SeriesCache()
    var spanIDs = SpanIDGenerator()
    /// Counts served requests for the sample in the access log.
    var servedForSample = 0
    var health = HealthBook()
    var paces = PaceBook()
    var budget: RetryBudget
    var isDraining = false
    /// The loop as other threads see it; set once, before the first connection.
    var member: LoopRegistry.Member?
    private(set) var connections: [ObjectIdentifier: ClientHandler] = [:]
    private var keyStates: [String: KeyState] = [:]
    private var requestCount: UInt64 = 0
    private var namedObjects: Set<[UInt8]> = []
    private var waiting: CircularBuffer<(sequence: UInt64, exchange: Exchange)> = []
    /// The entries that were lost, for requests that began before and go on afterwards.
    private var losses: [ClosedRange<UInt64>] = []

    init(eventLoop: any EventLoop, shared: GatewayShared, index: Int, loopCount: Int) {
        self.eventLoop = eventLoop
        self.shared = shared
        self.index = index
        self.loopCount = loopCount
        settings = shared.initialSettings
        limits = settings.limits
        onLedgerLoss = settings.onLedgerLoss
        clock = LoopClock(shared.clock)
        pool = UpstreamPool(eventLoop: eventLoop, limits: settings.limits, spare: spare, clock: clock)
        budget = RetryBudget(loops: loopCount)
        snapshot = shared.book.snapshot
        keys = shared.initialKeys
    }

    /// The time of the event at hand.
    var now: NIODeadline { clock.now }

    /// The time of the event at hand, as the ledger has it; never before a fact of the snapshot.
    var instant: Instant { clock.instant }

    /// The identifier of the next request.
    func nextRequestID() -> RequestID {
        requestCount += 1
        return RequestID(
            log: shared.logPrefix, boot: shared.boot,
            counter: (requestCount - 1) * UInt64(loopCount) + UInt64(index) + 1)
    }

    /// The key that a client shows, with what the loop remembers of it.
    func keyState(for text: String) -> KeyState? {
        guard let key = keys.key(for: text) else { return nil }
        if let known = keyStates[key.id], known.key == key { return known }
        if keyStates.count >= Self.keysMax { keyStates.removeAll(keepingCapacity: true) }
        let made = KeyState(key, account: keys.accounts[key.id])
        keyStates[key.id] = made
        return made
    }

    /// Takes over other keys; called on the loop.
    func use(_ keys: KeyTable) {
        self.keys = keys
        keysVersion += 1
    }

    /// Takes over new facts; called on the loop.
    func use(_ snapshot: Snapshot) {
        guard snapshot.follows(self.snapshot) else { return }
        clock.read()
        let isOther = snapshot.facts.configuration != self.snapshot.facts.configuration
        if isOther || snapshot.losses != self.snapshot.losses {
            for state in keyStates.values { state.forgetSlots() }
        }
        self.snapshot = snapshot
        if isOther { followSnapshot() }
    }

    // MARK: Objects

    /// Stores an object and names it in the ledger, unless this loop has done so.
    func name(_ bytes: [UInt8], hash: [UInt8], kind: ObjectKind, at: Instant) {
        guard !namedObjects.contains(hash) else { return }
        if namedObjects.count >= Self.namedObjectsMax { namedObjects.removeAll(keepingCapacity: true) }
        shared.ledger.storeObject(bytes)
        let entry = ObjectEntry(at: at, kind: kind, hash: hash, size: UInt64(bytes.count))
        if case .accepted = shared.ledger.append(entry.encoded().span) { namedObjects.insert(hash) }
    }

    // MARK: Word from the ledger

    /// Whether an entry is known to be on disk.
    func isDurable(_ sequence: UInt64) -> Bool {
        sequence <= shared.loops.durable.load(ordering: .acquiring) && !isLost(sequence)
    }

    /// Calls the exchange back when an entry is on disk; at once if it is.
    func wait(for sequence: UInt64, _ exchange: Exchange) {
        // The flag is up before the number is read: the ledger's writer stores the number before it reads the flag.
        member?.isWaiting.store(true, ordering: .sequentiallyConsistent)
        if isLost(sequence) {
            exchange.gateLost()
        } else if sequence <= shared.loops.durable.load(ordering: .sequentiallyConsistent) {
            if waiting.isEmpty { member?.isWaiting.store(false, ordering: .sequentiallyConsistent) }
            exchange.gateOpened()
        } else {
            waiting.append((sequence, exchange))
        }
    }

    /// Everything up to a sequence is on disk.
    func durable(upTo sequence: UInt64) {
        clock.read()
        while let first = waiting.first, first.sequence <= sequence {
            waiting.removeFirst()
            first.exchange.gateOpened()
        }
        if waiting.isEmpty { member?.isWaiting.store(false, ordering: .sequentiallyConsistent) }
    }

    /// Entries were lost; what waits for them learns that they will not come.
    func lose(_ lost: ClosedRange<UInt64>) {
        clock.read()
        if losses.count == Self.lossesMax { losses.removeFirst() }
        losses.append(lost)
        while let first = waiting.first, first.sequence <= lost.upperBound {
            waiting.removeFirst()
            first.exchange.gateLost()
        }
    }

    /// Whether an entry was lost on its way to disk.
    func isLost(_ sequence: UInt64) -> Bool {
        losses.contains { $0.contains(sequence) }
    }

    // MARK: Connections

    func add(_ connection: ClientHandler) {
        connections[ObjectIdentifier(connection)] = connection
        metrics.connections += 1
    }

    func remove(_ connection: ClientHandler) {
        if connections.removeValue(forKey: ObjectIdentifier(connection)) != nil { metrics.connections -= 1 }
    }

    /// Looks at every deadline; called a few times a second.
    func tick() {
        clock.read()
        let now = clock.now
        for connection in connections.values { connection.tick(now) }
        pool.tick(now)
        shedMemory()
        if index == 0 { shared.alarm.tick(now) }
    }
}
