// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import Foundation
package import Gateway
internal import Ledger
internal import Records
package import Store
internal import Synchronization

/// A data folder in use: its log, its tables, and the facts that follow from both.
///
/// One process has it at a time.
package final class LedgerNode: Sendable {
    package let folder: String
    package let log: DataLog
    package let tables: TableStore
    package let clock: GatewayClock
    package let book: FactBook
    package let ledger: LedgerPort
    /// The event loops that wait for the log; filled by a gateway.
    package let loops: LoopRegistry
    /// The first eight digits of the log's identifier.
    package let logPrefix: String
    /// How often a gateway had been started on the log before.
    package let boots: UInt64
    /// What opening found, in a sentence each.
    package let notes: [String]
    /// The canonical texts of the adopted agreements.
    let adopted: Mutex<[String: FactReplay.AdoptedTexts]>
    /// One order to record evidence at a time, so that what it was checked against still holds.
    let recording = Mutex<Void>(())
    private let unrecorded: Unrecorded
    private let tracker: TableTracker
    private let objectWriter: ObjectWriter

    /// Opens a data folder and brings its tables up to its log.
    ///
    /// - Parameters:
    ///   - folder: the data folder; made when it is not there.
    ///   - durability: when answers may go out.
    ///   - wall: nanoseconds since 1970; the system's clock outside tests.
    ///   - calls: how the log changes files; the system's calls outside tests.
    ///   - onTrouble: gets what people should read.
    /// - Throws: when another process has the folder, or its files are damaged.
    package init(
        folder: String, durability: Durability = .strict,
        wall: @escaping @Sendable () -> Int64 = GatewayClock.systemNanoseconds,
        calls: any FileCalls = SystemFileCalls(),
        onTrouble: @escaping @Sendable (String) -> Void
    ) throws(ServiceError) {
        var notes: [String] = []
        let log: DataLog
        do throws(LogError) {
            var options = DataLog.Options(durability: durability, clock: wall)
            options.calls = calls
            log = try DataLog.open(folder: folder, options: options)
        } catch {
            throw ServiceError(.failed, error.message)
        }
        if log.recovery.tornTailBytes > 0 {
            notes.append(
                "Cut \(log.recovery.tornTailBytes) bytes of entries that were being written when the last process ended."
            )
        }
        let opened: (TableStore, ResumePoint, FactReplay)
        do {
            opened = try Self.openTables(folder: folder, log: log, notes: &notes)
        } catch {
            log.close()
            throw ServiceError(.failed, "\(error)")
        }
        let (tables, resume, replay) = opened
        self.folder = folder
        self.log = log
        self.tables = tables
        self.notes = notes
        logPrefix = String("\(log.logID)".prefix(8))
        boots = resume.boot
        clock = GatewayClock(floor: resume.lastInstant, wall: wall)
        loops = LoopRegistry()
        adopted = Mutex(replay.adopted)
        unrecorded = Unrecorded()
        tracker = TableTracker(tables: tables, onTrouble: onTrouble)
        objectWriter = ObjectWriter(objects: log.objects)
        let port = Self.port(
            log, objectWriter, durability: durability, clock: clock, unrecorded: unrecorded)
        #if CONCORDAT_BENCHMARKS
        ledger = port.unlessTurnedOff
        #else
        ledger = port
        #endif
        book = FactBook(facts: replay.facts, ledger: ledger, clock: clock)
        start(entriesFrom: resume.nextIndex, onTrouble: onTrouble)
    }

    private static func openTables(
        folder: String, log: DataLog, notes: inout [String]
    ) throws -> (TableStore, ResumePoint, FactReplay) {
        let tables = try TableStore(
            path: TableStore.path(in: folder), salts: CommitmentSalts(secret: log.saltSecret))
        if try tables.nextIndex() > log.durableIndex {
            notes.append("The tables knew more than the log holds; they are made again from the log.")
            try tables.forgetDerived()
        }
        var reader = log.reader(from: try tables.nextIndex())
        while let batch = try reader.next(upTo: log.durableIndex) { try tables.take(batch) }
        let objects = log.objects
        var replay = FactReplay { hash in
            SHA256Hash(bytes: hash).flatMap { try? objects.get($0) }
        }
        for entry in try tables.standingFacts() { _ = try replay.take(Entry(entry)) }
        let resume = try tables.resumePoint()
        replay.resume(at: resume.revision)
        return (tables, resume, replay)
    }

    private static func port(
        _ log: DataLog, _ writer: ObjectWriter, durability: Durability, clock: GatewayClock, unrecorded: Unrecorded
    ) -> LedgerPort {
        let queue = log.queue
        return LedgerPort(
            isStrict: durability == .strict,
            append: { LedgerPort.Outcome(queue.append($0)) },
            appendLater: { LedgerPort.Outcome(queue.append($0, isAwaited: false)) },
            appendAll: { LedgerPort.Outcome(queue.append(all: $0)) },
            isCrowded: { queue.isCrowded },
            storeObject: { writer.store($0) },
            isAvailable: { queue.isAvailable },
            durableSequence: { log.durableSequence },
            countUnrecorded: { prompt, completion in
                unrecorded.count(Unrecorded.Sum(requests: 1, prompt: prompt, completion: completion))
                guard queue.isAvailable else { return }
                // The ledger is back, and the gap entry was written before this request ended.
                let missed = unrecorded.take()
                let gap = GapEntry(
                    at: clock.now(), from: clock.now(), to: clock.now(), requests: missed.requests,
                    promptTokens: missed.prompt, completionTokens: missed.completion, cause: 0)
                if case .accepted = queue.append(gap.encoded()) { return }
                unrecorded.count(missed)
            })
    }

    private func start(entriesFrom: UInt64, onTrouble: @escaping @Sendable (String) -> Void) {
        let loops = loops
        let book = book
        let clock = clock
        let unrecorded = unrecorded
        let tracker = tracker
        let repeated = TroubleFilter(onTrouble)
        log.start(
            DataLog.Handlers(
                onDurable: { loops.publishDurable($0) },
                onLost: { [weak self] lost in
                    book.forget(lost)
                    loops.publishLost(lost)
                    self?.forgetLostAdoptions()
                },
                onAvailability: { isAvailable in
                    onTrouble(
                        isAvailable
                            ? "The ledger can be written again; a gap entry says what was missed."
                            : "The ledger can't be written: nothing leaves the primary cloud until it can.")
                },
                gapEntry: { loss in
                    let missed = unrecorded.take()
                    return GapEntry(
                        at: clock.now(), from: Instant(nanoseconds: loss.from), to: Instant(nanoseconds: loss.to),
                        requests: missed.requests, promptTokens: missed.prompt, completionTokens: missed.completion,
                        cause: UInt64(clamping: loss.cause.errorNumber)
                    ).encoded()
                },
                onTrouble: { repeated.tell($0.message) },
                onEntries: { tracker.take($0) },
                entriesFrom: entriesFrom))
    }

    /// Waits until everything that was appended is on disk and in the tables.
    package func settle() async throws(ServiceError) {
        // An entry of the queue is on disk once the log's index has passed it; the tables follow the log.
        let sequence = appendedSequence
        while log.isAvailable, log.durableSequence < sequence { await Self.pause() }
        guard log.isAvailable else {
            throw ServiceError(.failed, "The ledger can't be written; see the gateway's messages for the cause.")
        }
        let index = log.durableIndex
        while !tracker.hasFailed, tracker.nextIndex < index { await Self.pause() }
    }

    private static func pause() async {
        try? await Task.sleep(for: .milliseconds(2))
    }

    /// The number of the last entry that was handed over.
    private var appendedSequence: UInt64 { log.queue.lastSequence }

    /// Writes what is queued, signs the closing checkpoint and gives the folder free.
    package func close() {
        objectWriter.finish()
        log.close()
        tables.close()
    }
}

/// What was served while the ledger could not be written.
extension LedgerPort.Outcome {
    fileprivate init(_ outcome: RecordQueue.Outcome) {
        switch outcome {
        case .accepted(let sequence): self = .accepted(sequence)
        case .full: self = .full
        case .unavailable: self = .unavailable
        // An entry is bounded by the limits on keys and bodies; one that is not is refused, not cut.
        case .oversized: self = .full
        }
    }
}

private final class Unrecorded: Sendable {
    struct Sum {
        var requests: UInt64 = 0
        var prompt: UInt64 = 0
        var completion: UInt64 = 0
    }

    private let sum = Mutex(Sum())

    func count(_ missed: Sum) {
        sum.withLock { sum in
            sum.requests += missed.requests
            sum.prompt += missed.prompt
            sum.completion += missed.completion
        }
    }

    func take() -> Sum {
        sum.withLock { sum in
            defer { sum = Sum() }
            return sum
        }
    }
}

/// Keeps the tables up to the log, away from the log's writer.
private final class TableTracker: Sendable {
    /// How often a batch is tried.
    private static let attemptsMax = 30
    /// How long between two tries.
    private static let retrySeconds = 1.0

    private let tables: TableStore
    private let onTrouble: @Sendable (String) -> Void
    private let next = Atomic<UInt64>(0)
    private let failed = Atomic<Bool>(false)

    init(tables: TableStore, onTrouble: @escaping @Sendable (String) -> Void) {
        self.tables = tables
        self.onTrouble = onTrouble
        next.store((try? tables.nextIndex()) ?? 0, ordering: .relaxed)
    }

    /// The index of the first entry that the tables do not hold.
    var nextIndex: UInt64 { next.load(ordering: .acquiring) }
    /// Whether the tables stopped following; the next start brings them up.
    var hasFailed: Bool { failed.load(ordering: .acquiring) }

    func take(_ batch: EntryBatch) {
        guard !hasFailed else { return }
        var trouble: TableError?
        // A full disk may have room again in a moment; the log waits for nobody here.
        for attempt in 0..<Self.attemptsMax {
            if attempt > 0 { Thread.sleep(forTimeInterval: Self.retrySeconds) }
            do throws(TableError) {
                try tables.take(batch)
                return next.store(batch.endIndex, ordering: .releasing)
            } catch {
                trouble = error
            }
        }
        failed.store(true, ordering: .releasing)
        let cause = trouble.map { ": \($0)" } ?? ""
        onTrouble("The tables no longer follow the log; listings are out of date until the next start\(cause)")
    }
}
