// SPDX-License-Identifier: Apache-2.0

internal import NIOCore
internal import Wire

// What the client gets.
extension ClientHandler {
    /// How large a piece is written by itself instead of being copied behind what is pending.
    private static let copiedBytesMax = 16_384

    /// Refuses a request before all of it was read; the connection can't be used again.
    func refuseAtHead(_ error: ErrorAnswer) {
        keepsAlive = false
        answer(error)
    }

    /// Answers with an error of our own.
    func answer(_ error: ErrorAnswer) {
        loop.noteRejected(error, trace: trace)
        answer(status: error.status, type: "application/json", error.body) { head in
            if let allow = error.allow { head.writeField("allow", allow) }
            head.writeRetryFields(after: error.retryAfterMilliseconds, shouldRetry: error.shouldRetry)
        }
    }

    /// Answers with a body that is whole.
    func answer(status: Int, type: String, _ body: ByteBuffer, fields: (HeadText) -> Void = { _ in }) {
        guard context != nil else { return }
        writeHead(status: status, framing: .length(body.readableBytes)) { head in
            head.writeField("content-type", type)
            fields(head)
        }
        if !isHead { write(body) }
        end()
    }

    /// Says what methods a path takes; nothing for other origins' pages, which have no business with a key.
    func answerOptions(allow: String) {
        writeHead(status: 200, framing: .length(0)) { $0.writeField("allow", allow) }
        end()
    }

    /// Writes the head of an answer.
    ///
    /// - Parameters:
    ///   - status: the status.
    ///   - framing: how the end of the body is told.
    ///   - fields: writes the fields but for those of the connection and the framing.
    func writeHead(status: Int, framing: AnswerFraming, fields: (HeadText) -> Void) {
        guard context != nil else { return }
        keepsAlive = keepsAlive && !loop.isDraining
        loop.metrics.answered.add(status)
        writesChunks = framing == .stream && !isHTTP10
        let head = loop.spare.head
        head.begin()
        head.writeStatusLine(status, isHTTP10: isHTTP10)
        fields(head)
        switch framing {
        case .length(let length): head.writeField("content-length", length)
        case .stream: if writesChunks { head.write("transfer-encoding: chunked\r\n") }
        }
        if !keepsAlive { head.write("connection: close\r\n") }
        head.write("\r\n")
        prepareWriting()
        head.append(to: &pending)
    }

    /// Writes a piece of an answer's body.
    func write(_ piece: ByteBuffer) {
        guard let context, piece.readableBytes > 0 else { return }
        if writesChunks {
            prepareWriting()
            pending.writeChunkSize(piece.readableBytes)
        }
        if holdsOutput || piece.readableBytes <= Self.copiedBytesMax {
            prepareWriting()
            pending.writeImmutableBuffer(piece)
        } else {
            if pending.readableBytes > 0 {
                let first = output.queue(pending)
                givePendingBack()
                context.write(NIOAny(first), promise: nil)
            }
            context.write(NIOAny(output.queue(piece)), promise: nil)
        }
        if writesChunks {
            prepareWriting()
            pending.writeStaticString("\r\n")
        }
    }

    /// Lets what was written go out.
    func flush() {
        guard let context, !holdsOutput else { return }
        guard pending.readableBytes > 0 else {
            if output.isQueued { context.flush() }
            return
        }
        let rest = output.send(pending, past: context)
        givePendingBack()
        if let rest { context.writeAndFlush(NIOAny(rest), promise: nil) }
    }

    private func givePendingBack() {
        var written = ByteBuffer()
        swap(&written, &pending)
        loop.spare.giveBack(written)
    }

    /// Sees to it that there is memory to write into.
    func prepareWriting() {
        if pending.capacity == 0 { pending = loop.spare.take() }
    }

    /// Ends the answer and goes on with the next request, or closes.
    func end() {
        guard context != nil else { return }
        if writesChunks {
            prepareWriting()
            pending.writeStaticString("0\r\n\r\n")
        }
        writesChunks = false
        isHead = false
        body = ByteBuffer()
        bodyClaim = nil
        since = loop.now
        hasPartialHead = false
        guard keepsAlive else { return closeOutput() }
        state = .idle
        flush()
        proceed()
    }

    /// Says that nothing more will be written, once everything was; what the client still sends is thrown away.
    ///
    /// The client gets a moment to read before the connection goes: closing while it still sends would reset the answer
    /// away.
    func closeOutput() {
        guard let context else { return }
        state = .discarding
        since = loop.now
        flush()
        let closed = context.eventLoop.makePromise(of: Void.self)
        context.close(mode: .output, promise: closed)
        closed.futureResult.assumeIsolated().whenComplete { [weak self] _ in
            guard let self else { return }
            loop.clock.read()
            isOutputClosed = true
            since = loop.now
        }
    }

    /// Gives up an answer that waited for the ledger until its request's time was over.
    func giveUpHeldOutput(_ error: ErrorAnswer, decision: String) {
        pending = ByteBuffer()
        holdsOutput = false
        writesChunks = false
        keepsAlive = false
        answer(status: error.status, type: "application/json", error.body) { head in
            head.writeField("x-concordat-decision", decision)
            head.writeField("x-request-id", decision)
            head.writeRetryFields(after: error.retryAfterMilliseconds, shouldRetry: error.shouldRetry)
        }
    }

    /// Whether the client has yet to get something that was begun.
    var owesOutput: Bool {
        guard let context else { return false }
        switch state {
        case .closed: return false
        case .serving, .held, .gathering: return true
        case .idle, .reading: break
        case .discarding: if !isOutputClosed { return true }
        }
        return pending.readableBytes > 0 || context.channel.bufferedBytes > 0
    }

    /// Whether the client keeps up.
    var isWritable: Bool { context != nil && unwritableSince == nil }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        loop.clock.read()
        let isWritable = context.channel.isWritable
        unwritableSince = isWritable ? nil : loop.now
        switch state {
        case .serving(let exchange): exchange.clientWritabilityChanged(isWritable)
        case .held where isWritable: resumeHeldRequest()
        default: break
        }
        context.fireChannelWritabilityChanged()
    }
}
