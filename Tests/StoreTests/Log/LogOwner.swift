// SPDX-License-Identifier: Apache-2.0

import Foundation
import Ledger
import Store
import Synchronization
import Testing

/// Stands for the owner of a log: keeps what the log told, and waits for it.
final class LogOwner: Sendable {
    struct Heard {
        var durable: UInt64 = 0
        var lost: [ClosedRange<UInt64>] = []
        var availability: [Bool] = []
        var losses: [LogLoss] = []
        var troubles: [LogError] = []
        var entries: [(index: UInt64, bytes: [UInt8])] = []
    }

    struct Missed: Error {}

    static let gapEntry = Array("a gap".utf8)

    private let heard = Mutex(Heard())
    private let changed = DispatchSemaphore(value: 0)

    func handlers(entriesFrom: UInt64? = nil) -> DataLog.Handlers {
        var handlers = DataLog.Handlers(
            onDurable: { sequence in self.hear { $0.durable = sequence } },
            onLost: { range in self.hear { $0.lost.append(range) } },
            onAvailability: { isAvailable in self.hear { $0.availability.append(isAvailable) } },
            gapEntry: { loss in
                self.hear { $0.losses.append(loss) }
                return Self.gapEntry
            },
            onTrouble: { trouble in self.hear { $0.troubles.append(trouble) } }
        )
        if let entriesFrom {
            handlers.entriesFrom = entriesFrom
            handlers.onEntries = { batch in
                for position in 0..<batch.count {
                    let index = batch.firstIndex + UInt64(position)
                    self.hear { $0.entries.append((index, Array(batch[position]))) }
                }
            }
        }
        return handlers
    }

    var now: Heard { heard.withLock { $0 } }

    /// Returns when the condition holds; throws after a minute.
    func wait(until condition: (Heard) -> Bool) throws {
        let deadline = DispatchTime.now() + .seconds(60)
        while !heard.withLock({ condition($0) }) {
            guard changed.wait(timeout: deadline) == .success else { throw Missed() }
        }
    }

    private func hear(_ change: (inout Heard) -> Void) {
        heard.withLock { change(&$0) }
        changed.signal()
    }
}

extension RecordQueue {
    /// The sequence number of an entry that must be accepted.
    func accept(_ entry: [UInt8]) throws -> UInt64 {
        let outcome = append(entry)
        guard case .accepted(let sequence) = outcome else {
            Issue.record("\(outcome)")
            throw LogOwner.Missed()
        }
        return sequence
    }
}

extension DataLog.Options {
    /// Options for tests: no checkpoint but the closing one, and a quick second try.
    static func testing(_ calls: any FileCalls = SystemFileCalls()) -> DataLog.Options {
        var options = DataLog.Options(origin: "example.com/log", clock: { 1_000_000_000 })
        options.checkpointIntervalMilliseconds = 3_600_000
        options.retryMilliseconds = 2
        options.calls = calls
        return options
    }
}

/// The entry that stands for a number, of a length that differs from its neighbours'.
func entry(_ number: Int) -> [UInt8] {
    Array("entry \(number) ".utf8) + [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: number % 37)
}

/// Where the records of some numbers' entries end in a segment that begins with them.
func recordsEnd(_ numbers: ClosedRange<Int>) -> Int {
    numbers.reduce(SegmentHeader.byteCount) { $0 + EntryFrame.headerByteCount + entry($1).count }
}

/// How many bytes there are without the zeros at the end.
func byteCountWithoutZeros(_ bytes: some BidirectionalCollection<UInt8>) -> Int {
    var bytes = bytes[...]
    while bytes.last == 0 { bytes.removeLast() }
    return bytes.count
}

/// All entries that a reader finds in a folder.
func entries(in path: String, from index: UInt64 = 0) throws -> [[UInt8]] {
    var reader = try LogReader(folder: LogFolder(path), from: index)
    var entries: [[UInt8]] = []
    while let batch = try reader.next() {
        for position in 0..<batch.count { entries.append(Array(batch[position])) }
    }
    return entries
}

/// Writes entries to a log and closes it.
func writeLog(_ path: String, _ numbers: Range<Int>, options: DataLog.Options = .testing()) throws {
    let log = try DataLog.open(folder: path, options: options)
    let owner = LogOwner()
    log.start(owner.handlers())
    for number in numbers { _ = try log.queue.accept(entry(number)) }
    log.close()
}
