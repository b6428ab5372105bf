// SPDX-License-Identifier: Apache-2.0

package import NIOCore
package import Wire

/// Follows one stream of events: holds it back until there is something to see, strips what the client did not ask for,
/// and reads the usage as it passes.
package struct StreamRelay {
    /// What to do after some bytes were taken in.
    package struct Step {
        /// Bytes that may go to the client now, in order.
        package var forward: [ByteBuffer] = []
        /// An error event that came before anything was visible; the attempt failed and nothing may go out.
        package var failure: JSONErrorScan?
    }

    /// Whether something of the answer has become visible, or too much was held back: the attempt is final.
    package internal(set) var isCommitted = false
    /// Whether the stream said that it is complete: by `[DONE]`, by a finish reason, or by a response's last event.
    package internal(set) var isComplete = false
    /// The usage, once the upstream has said it.
    package internal(set) var usage: Wire.TokenUsage?
    /// An error event that came after something was visible.
    package internal(set) var lateError: JSONErrorScan?
    /// Events with content, for an estimate where the usage stays out.
    package internal(set) var contentEvents = 0
    /// The number of a response's last event.
    package internal(set) var lastSequenceNumber: Int64?
    /// What later requests may name of the answer; whoever reads it empties it.
    var stateNames: [StateName] = []
    private let operation: APIOperation
    private let stripsUsage: Bool
    private let heldBytesMax: Int
    /// Whole events that have not gone out.
    private var held: [ByteBuffer] = []
    private var heldBytes = 0
    /// Bytes of an event that is not whole yet.
    private var buffer = ByteBuffer()
    private var framer = SSEFramer()

    /// A relay for one attempt.
    ///
    /// - Parameters:
    ///   - operation: whose events they are.
    ///   - stripsUsage: whether the usage chunk was asked for by the gateway alone.
    ///   - heldBytesMax: how much may be held back before the attempt becomes final.
    package init(
        _ operation: APIOperation = .chat, stripsUsage: Bool, heldBytesMax: Int = GatewayLimits.heldBytesMax
    ) {
        self.operation = operation
        self.stripsUsage = stripsUsage
        self.heldBytesMax = heldBytesMax
    }

    /// Takes in what the upstream sent.
    package mutating func take(_ chunk: ByteBuffer) throws(SSEError) -> Step {
        if buffer.readableBytes == 0 {
            buffer = chunk
        } else {
            var chunk = chunk
            buffer.writeBuffer(&chunk)
        }
        let received = buffer
        var runStart = 0
        while let event = try framer.next(in: received.readableBytesUInt8Span) {
            switch read(event, in: received) {
            case .pass:
                break
            case .strip:
                cut(runStart..<event.range.lowerBound)
                runStart = event.range.upperBound
            case .fail(let error):
                return Step(failure: error)
            }
        }
        let end = framer.eventStart
        cut(runStart..<end)
        buffer.moveReaderIndex(forwardBy: end)
        framer.removeFirst(end)
        buffer.giveBackMemory()
        if heldBytes > heldBytesMax { isCommitted = true }
        return Step(forward: isCommitted ? release() : [])
    }

    /// Makes the attempt final and gives what was held back.
    package mutating func commit() -> [ByteBuffer] {
        isCommitted = true
        return release()
    }

    /// What is left when the upstream has ended: what was held back, and bytes after the last whole event.
    package mutating func finish() -> [ByteBuffer] {
        cut(0..<buffer.readableBytes)
        buffer = ByteBuffer()
        return commit()
    }

    /// What becomes of an event.
    enum Reading {
        case pass, strip
        case fail(JSONErrorScan)
    }

    private mutating func read(_ event: SSEEvent, in received: ByteBuffer) -> Reading {
        guard let data = event.data else { return .pass }
        if event.isDone {
            isComplete = true
            return .pass
        }
        let bytes = received.readableBytesUInt8Span
        let joined = event.dataLineCount > 1 ? event.joinedData(in: bytes) : nil
        if operation == .responses {
            return joined.map { readResponse($0.span) } ?? readResponse(bytes.extracting(data))
        }
        let scan = joined.map { ResponseScanner.scan($0.span) } ?? ResponseScanner.scan(bytes.extracting(data))
        TokenUsage.replace(&usage, with: scan.usage)
        if scan.error != nil {
            let error = joined.map { JSONErrorScanner.scan($0.span) } ?? JSONErrorScanner.scan(bytes.extracting(data))
            guard isCommitted else { return .fail(error) }
            lateError = error
            return .pass
        }
        if scan.isVisible {
            isCommitted = true
            contentEvents += 1
        }
        if scan.hasFinishReason { isComplete = true }
        return stripsUsage && scan.isUsageChunk ? .strip : .pass
    }

    private mutating func cut(_ range: Range<Int>) {
        guard !range.isEmpty,
            let slice = buffer.getSlice(at: buffer.readerIndex + range.lowerBound, length: range.count)
        else { return }
        held.append(slice)
        heldBytes += range.count
    }

    private mutating func release() -> [ByteBuffer] {
        defer {
            held = []
            heldBytes = 0
        }
        return held
    }
}
