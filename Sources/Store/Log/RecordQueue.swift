// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
internal import Ledger
internal import Synchronization

/// The bounded way of entries from the gateway's event loops to the writer thread.
///
/// An append copies the entry into one growing buffer under a short lock, already laid out as a record of the
/// segment file, and wakes the writer only when it waits. Nothing is allocated per entry once the buffers have
/// grown. When it is full or the log can't be written it says so; it never drops an entry silently.
package final class RecordQueue: Sendable {
    /// What became of an entry.
    package enum Outcome: Hashable, Sendable {
        /// It is queued under this sequence number; the first one is 1.
        case accepted(UInt64)
        /// The writer is behind by the queue's capacity: refuse the traffic.
        case full
        /// The log can't be written at present, or is closed.
        case unavailable
        /// The entry is empty or longer than 16 KiB.
        case oversized
    }

    /// Why the writer was woken.
    enum Taken {
        /// Entries are in the buffer, as unsealed records one after the other.
        case group
        /// Nothing came until the deadline.
        case deadline
        /// Nothing comes any more.
        case closed
    }

    private struct State {
        var bytes: [UInt8] = []
        var lastSequence: UInt64 = 0
        var inFlightBytes = 0
        /// The writer waits for this many bytes.
        var wakeBytes = Int.max
        /// Whether somebody waits for one of the entries to be on disk.
        var isAwaited = false
        /// Whether the writer waits for an entry for which somebody waits.
        var wakesWhenAwaited = false
        var isAvailable = true
        var isClosed = false
        var refusedAppends: UInt64 = 0
    }

    /// Buffers that grew beyond this are not kept.
    private static let keptBytesMax = 4 << 20

    /// At most so many bytes wait or are being written.
    package let capacityBytes: Int
    private let state = Mutex(State())
    private let wakeup = DispatchSemaphore(value: 0)

    /// A queue of a capacity.
    package init(capacityBytes: Int) {
        self.capacityBytes = capacityBytes
    }

    /// Queues an entry, from any thread.
    ///
    /// - Parameters:
    ///   - entry: 1 to 16,384 bytes.
    ///   - isAwaited: whether somebody waits until it is on disk; otherwise it may gather with what comes next.
    /// - Returns: what became of it.
    package func append(_ entry: Span<UInt8>, isAwaited: Bool = true) -> Outcome {
        guard !entry.isEmpty, entry.count <= EntryFrame.entryBytesMax else { return .oversized }
        return append(1, recordBytes: EntryFrame.headerByteCount + entry.count, isAwaited: isAwaited) { buffer in
            EntryFrame.append(entry, to: &buffer)
        }
    }

    /// Queues an entry, from any thread.
    ///
    /// - Parameters:
    ///   - entry: 1 to 16,384 bytes.
    ///   - isAwaited: whether somebody waits until it is on disk; otherwise it may gather with what comes next.
    /// - Returns: what became of it.
    package func append(_ entry: [UInt8], isAwaited: Bool = true) -> Outcome {
        append(entry.span, isAwaited: isAwaited)
    }

    /// Queues entries that belong together, one directly after the other, or none of them; from any thread.
    ///
    /// - Parameter entries: each 1 to 16,384 bytes.
    /// - Returns: what became of them; where they were accepted, the number of the last.
    package func append(all entries: [[UInt8]]) -> Outcome {
        guard entries.allSatisfy({ !$0.isEmpty && $0.count <= EntryFrame.entryBytesMax }) else { return .oversized }
        let recordBytes = entries.reduce(0) { $0 + EntryFrame.headerByteCount + $1.count }
        return append(UInt64(entries.count), recordBytes: recordBytes, isAwaited: true) { buffer in
            for entry in entries { EntryFrame.append(entry.span, to: &buffer) }
        }
    }

    /// Takes records in where there is room for all of them, and wakes the writer where it waits for them.
    @inline(__always)
    private func append(
        _ count: UInt64, recordBytes: Int, isAwaited: Bool, write: (inout [UInt8]) -> Void
    ) -> Outcome {
        var wakes = false
        let outcome = state.withLock { state -> Outcome in
            guard state.isAvailable, !state.isClosed else {
                state.refusedAppends += count
                return .unavailable
            }
            guard state.bytes.count + state.inFlightBytes + recordBytes <= capacityBytes else { return .full }
            write(&state.bytes)
            state.lastSequence += count
            if isAwaited { state.isAwaited = true }
            if state.bytes.count >= state.wakeBytes || isAwaited && state.wakesWhenAwaited {
                state.wakeBytes = .max
                state.wakesWhenAwaited = false
                wakes = true
            }
            return .accepted(state.lastSequence)
        }
        if wakes { wakeup.signal() }
        return outcome
    }

    /// Whether entries are accepted as far as the disk is concerned.
    package var isAvailable: Bool {
        state.withLock { $0.isAvailable && !$0.isClosed }
    }

    /// Whether less than a quarter of the capacity is left, which is for entries that end what was begun.
    package var isCrowded: Bool {
        state.withLock { $0.bytes.count + $0.inFlightBytes > capacityBytes / 4 * 3 }
    }

    /// The number of the entry that was accepted last.
    package var lastSequence: UInt64 {
        state.withLock { $0.lastSequence }
    }

    /// Takes all that waits; for the writer thread.
    ///
    /// - Parameters:
    ///   - buffer: that of the group before, which goes into use again; it comes back with the new group.
    ///   - pause: entries are left waiting until then, unless a quarter of the capacity is full.
    ///   - gathering: how long entries for which nobody waits are left waiting for others, in microseconds.
    ///   - deadline: returns then although nothing came.
    /// - Returns: why the writer was woken.
    func take(
        into buffer: inout [UInt8], notBefore pause: DispatchTime?, gathering: Int = 0, deadline: DispatchTime
    ) -> Taken {
        buffer.removeAll(keepingCapacity: buffer.capacity <= Self.keptBytesMax)
        var gatheredUntil: DispatchTime?
        while true {
            let now = DispatchTime.now()
            var wait = deadline
            let taken = state.withLock { state -> Taken? in
                state.inFlightBytes = 0
                state.wakeBytes = .max
                state.wakesWhenAwaited = false
                let mayWait = !state.isClosed && state.bytes.count < capacityBytes / 4
                if state.bytes.isEmpty, state.isClosed { return .closed }
                if let pause, now < pause, mayWait {
                    // Nobody needs to wake the writer for what it would not take before.
                    state.wakeBytes = capacityBytes / 4
                    wait = min(pause, deadline)
                } else if state.bytes.isEmpty {
                    state.wakeBytes = 1
                } else if !state.isAwaited, gathering > 0, mayWait, now < gatheredUntil ?? .distantFuture {
                    let until = gatheredUntil ?? now + .microseconds(gathering)
                    gatheredUntil = until
                    state.wakeBytes = capacityBytes / 4
                    state.wakesWhenAwaited = true
                    wait = min(until, deadline)
                } else {
                    state.inFlightBytes = state.bytes.count
                    state.isAwaited = false
                    swap(&state.bytes, &buffer)
                    return .group
                }
                return now >= deadline ? .deadline : nil
            }
            if let taken { return taken }
            _ = wakeup.wait(timeout: wait)
        }
    }

    /// Refuses what comes from now on and drops what waits.
    ///
    /// - Returns: the sequence number of the last entry that was accepted.
    func makeUnavailable() -> UInt64 {
        state.withLock { state in
            state.isAvailable = false
            state.bytes.removeAll()
            state.inFlightBytes = 0
            state.isAwaited = false
            state.refusedAppends = 0
            return state.lastSequence
        }
    }

    /// How many appends were refused since the queue became unavailable.
    var refusedAppends: UInt64 { state.withLock { $0.refusedAppends } }

    /// Accepts entries again.
    func makeAvailable() {
        state.withLock { $0.isAvailable = true }
    }

    /// Refuses what comes from now on; what waits is still taken.
    func close() {
        state.withLock { $0.isClosed = true }
        wakeup.signal()
    }
}
