// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import Synchronization

/// Writes lines from a thread of its own: whoever hands one over never waits, and what does not fit is counted.
package final class LineWriter: Sendable {
    /// How many bytes of lines wait at most, and as many may be on their way to the file.
    package static let waitingBytesMax = 4 * 1_024 * 1_024
    /// How often a moved file is looked for and a failed one tried again, in milliseconds.
    static let checkMilliseconds = 1_000
    /// How long what is left is written at the end, in milliseconds.
    package static let endMilliseconds: Int64 = 1_000

    /// What is counted of the lines.
    package struct Counts: Sendable, Equatable {
        package var written: UInt64 = 0
        package var lost: UInt64 = 0
        /// Whether the file takes lines at present.
        package var isWorking = true
    }

    private struct State {
        var waiting: [UInt8] = []
        var waitingLines: UInt64 = 0
        var counts = Counts()
        /// Lost lines of which no line of the file tells yet.
        var untoldLost: UInt64 = 0
        var wantsReopening = false
        var isEnding = false
        var hasEnded = false
    }

    private let state = Mutex(State())
    private let wake = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)
    private let path: String?
    private let bytesMax: Int
    private let endMilliseconds: Int64
    private let lostLine: @Sendable (UInt64) -> [UInt8]
    private let onTrouble: @Sendable (String) -> Void

    /// A writer with its thread.
    ///
    /// - Parameters:
    ///   - path: the file, which is made where it is not there; `nil` for standard error.
    ///   - bytesMax: how many bytes of lines wait at most.
    ///   - endMilliseconds: how long what is left is written at the end.
    ///   - lostLine: makes the line that says how many lines were lost, without its end.
    ///   - onTrouble: gets what people should read: that the file takes no lines, and that it does again.
    package init(
        path: String?, bytesMax: Int = LineWriter.waitingBytesMax,
        endMilliseconds: Int64 = LineWriter.endMilliseconds,
        lostLine: @escaping @Sendable (UInt64) -> [UInt8], onTrouble: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.path = path
        self.bytesMax = bytesMax
        self.endMilliseconds = endMilliseconds
        self.lostLine = lostLine
        self.onTrouble = onTrouble
        let thread = Thread { [self] in run() }
        thread.name = "line writer"
        thread.start()
    }

    /// Hands over a line without its end; it is lost where no room is left, which is counted.
    package func append(_ line: some Collection<UInt8>) {
        let isFirst = state.withLock { state in
            guard !state.isEnding, state.waiting.count + line.count < bytesMax else {
                state.counts.lost += 1
                state.untoldLost += 1
                return false
            }
            let isFirst = state.waiting.isEmpty
            state.waiting.append(contentsOf: line)
            state.waiting.append(UInt8(ascii: "\n"))
            state.waitingLines += 1
            return isFirst
        }
        if isFirst { wake.signal() }
    }

    /// What was written and lost so far.
    package var counts: Counts { state.withLock { $0.counts } }

    /// Closes the file and opens it anew under its path.
    package func reopen() {
        state.withLock { $0.wantsReopening = true }
        wake.signal()
    }

    /// Writes what waits and ends; gives up on a file that takes nothing within a second.
    package func close() {
        let isFirst = state.withLock { state in
            defer { state.isEnding = true }
            return !state.isEnding
        }
        guard isFirst else { return }
        wake.signal()
        // A disk that holds its writer still must not hold the process.
        _ = ended.wait(timeout: .now() + .milliseconds(Int(2 * endMilliseconds)))
    }

    // MARK: The thread

    private func run() {
        var batch = LineBatch(file: LineFile(path: path))
        var checked = ContinuousClock.now
        var endBy: ContinuousClock.Instant?
        while true {
            if batch.isEmpty, !isPending { _ = wake.wait(timeout: .now() + .milliseconds(Self.checkMilliseconds)) }
            let now = ContinuousClock.now
            let (isEnding, wantsReopening) = state.withLock { state in
                defer { state.wantsReopening = false }
                return (state.isEnding, state.wantsReopening)
            }
            if isEnding, endBy == nil { endBy = now + .milliseconds(endMilliseconds) }
            if wantsReopening || now - checked >= .milliseconds(Self.checkMilliseconds) {
                checked = now
                if wantsReopening || batch.file.wasMoved() { forget(batch.reopen()) }
            }
            if batch.isEmpty { take(into: &batch) }
            let isWorking = batch.isEmpty || write(&batch)
            if let endBy, batch.isEmpty && !hasLines || ContinuousClock.now >= endBy {
                forget(batch.lines)
                batch.file.close()
                state.withLock { state in
                    state.counts.lost += state.waitingLines
                    state.waitingLines = 0
                    state.waiting = []
                }
                ended.signal()
                return
            }
            if !isWorking { _ = wake.wait(timeout: .now() + .milliseconds(isEnding ? 50 : Self.checkMilliseconds)) }
        }
    }

    private var hasLines: Bool { state.withLock { !$0.waiting.isEmpty } }

    private var isPending: Bool { state.withLock { !$0.waiting.isEmpty || $0.isEnding || $0.wantsReopening } }

    /// Takes what waits; the memory is used in turns.
    private func take(into batch: inout LineBatch) {
        let lost = state.withLock { state in
            defer { state.untoldLost = 0 }
            guard !state.waiting.isEmpty else { return state.untoldLost }
            batch.take(&state.waiting, lines: state.waitingLines)
            state.waitingLines = 0
            return state.untoldLost
        }
        // Lines were lost when those that waited were all there was room for, so this one comes behind them.
        if lost > 0 { batch.add(lostLine(lost)) }
    }

    /// Counts lines that will not be written.
    private func forget(_ lines: UInt64) {
        guard lines > 0 else { return }
        state.withLock { state in
            state.counts.lost += lines
            state.untoldLost += lines
        }
    }

    /// Writes some of the batch; false where the file does not take it at present.
    private func write(_ batch: inout LineBatch) -> Bool {
        let opening = batch.file.open()
        guard opening == 0 else {
            told(working: false, number: opening)
            return false
        }
        switch batch.write(waitingAtMost: 100) {
        case .success(let lines):
            state.withLock { $0.counts.written += lines }
            told(working: true, number: 0)
            return true
        case .failure(let fault):
            told(working: false, number: fault.number)
            return false
        }
    }

    /// Says once that the file takes no lines, and once that it does again.
    private func told(working: Bool, number: Int32) {
        let wasWorking = state.withLock { state in
            defer { state.counts.isWorking = working }
            return state.counts.isWorking
        }
        guard let path, wasWorking != working else { return }
        let cause = unsafe String(cString: strerror(number))
        onTrouble(
            working
                ? "\(path) takes lines again."
                : "\(path) takes no lines: \(cause). What waits too long is lost and counted; see to room, permissions, "
                    + "or the reader of the pipe.")
    }
}
