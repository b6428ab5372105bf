// SPDX-License-Identifier: Apache-2.0

internal import NIOCore
internal import Providers
internal import Wire

/// One connection to an upstream; it serves one exchange at a time.
final class UpstreamConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// How large a piece of a body is written by itself instead of being copied behind the head.
    private static let copiedBytesMax = 16_384
    /// Up to how many bytes a request goes out in one piece: the least that a socket takes at once.
    private static let surelySentBytesMax = 4_096

    let place: UpstreamPlace
    let pool: UpstreamPool
    private(set) var context: ChannelHandlerContext?
    private var isClosing = false
    private var isReading = true
    private let usesTLS: Bool
    private var output = SocketWriter()
    /// Whether it lay in the pool before it came to its exchange.
    var isReused = false
    /// Whether the pool counts it: one address's channel of a name with several is given up uncounted.
    var isCounted = false
    /// Whether the upstream keeps the connection after this answer.
    private var keepsAlive = true
    /// The size of the request at hand.
    private var sentBytes = 0
    /// Whether part of an answer has been read.
    private(set) var hasAnswered = false
    /// The exchange that it serves; `nil` while idle.
    var exchange: Exchange?
    /// Which attempt of the exchange it serves.
    private var attempt = 0
    var idleSince: NIODeadline
    /// The handshake that an exchange waits for.
    var handshake = Handshake.none

    /// What was received and not used yet.
    private var received = ByteBuffer()
    private var headReader = HTTPHeadReader(.answers)
    /// Reads the body of the answer at hand; `nil` while its head is awaited.
    private var bodyReader: HTTPBodyReader?

    init(pool: UpstreamPool, place: UpstreamPlace) {
        self.pool = pool
        self.place = place
        usesTLS = place.endpoint.usesTLS
        idleSince = pool.clock.now
    }

    /// Whether another request may be sent on it.
    var isUsable: Bool {
        context != nil && !isClosing && keepsAlive
    }

    /// Sends a request whole.
    ///
    /// - Parameters:
    ///   - head: the head's bytes up to the number of the content length.
    ///   - body: the client's body.
    ///   - splice: which of its bytes and which others go out.
    ///   - attempt: the number of the exchange's try.
    ///   - trace: the client's trace and our span in it, where it has one.
    func send(
        head: [UInt8], body: ByteBuffer, splice: BodySplice, attempt: Int,
        trace: (context: TraceContext, span: UInt64)? = nil
    ) {
        self.attempt = attempt
        guard let context else { return fail(.connectionLost) }
        hasAnswered = false
        keepsAlive = true
        sentBytes = head.count + splice.totalBytes
        let text = pool.spare.head
        text.begin()
        text.write(head.span)
        text.write(decimal: splice.totalBytes)
        text.write(trace == nil ? "\r\n\r\n" : "\r\n")
        var bytes = pool.spare.take()
        text.append(to: &bytes)
        if let trace {
            trace.context.write(span: trace.span, to: &bytes)
            bytes.writeStaticString("\r\n")
        }
        for index in 0..<splice.count {
            switch splice[index] {
            case .original(let range) where range.count <= Self.copiedBytesMax:
                unsafe bytes.writeBytes(body.readableBytesUInt8Span.extracting(range).bytes)
            case .original(let range):
                guard let piece = body.getSlice(at: body.readerIndex + range.lowerBound, length: range.count)
                else { preconditionFailure("a splice is made of the body's bytes") }
                context.write(NIOAny(output.queue(bytes)), promise: nil)
                context.write(NIOAny(output.queue(piece)), promise: nil)
                bytes = ByteBuffer()
            case .inserted(let inserted):
                bytes.writeBytes(inserted)
            }
        }
        let rest = output.send(bytes, past: context)
        pool.spare.giveBack(bytes)
        if let rest { context.writeAndFlush(NIOAny(rest), promise: nil) }
    }

    /// Reads no more, or reads again.
    func setReading(_ isReading: Bool) {
        guard let context, isReading != self.isReading else { return }
        self.isReading = isReading
        try? context.channel.syncOptions?.setOption(.autoRead, value: isReading)
        if isReading { context.read() }
    }

    /// Ends the connection; what it serves has been told or does not care.
    func close() {
        guard !isClosing else { return }
        isClosing = true
        output.close()
        context?.close(promise: nil)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        if !usesTLS { output.open(context.channel) }
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // Bytes that nobody asked for, or behind a whole answer: the connection can't be trusted.
        guard exchange != nil else { return close() }
        pool.clock.read()
        var bytes = unwrapInboundIn(data)
        hasAnswered = true
        if received.readableBytes == 0 {
            received = bytes
        } else {
            received.writeBuffer(&bytes)
        }
        do throws(HTTPError) {
            while try proceed() {}
        } catch {
            fail(.malformedResponse)
            close()
        }
        received.giveBackMemory()
    }

    /// Reads a head or what there is of a body; false where more bytes are needed or the answer is whole.
    private func proceed() throws(HTTPError) -> Bool {
        guard let exchange, !isClosing else { return false }
        guard bodyReader == nil else { return try readBody(for: exchange) }
        guard received.readableBytes > 0 else { return false }
        let bytes = received
        guard try headReader.read(bytes.readableBytesUInt8Span) else { return false }
        let head = headReader.take()
        received.moveReaderIndex(forwardBy: head.byteCount)
        if head.status < 200 {
            // Interim answers say nothing of the one to come, and nobody asked for another protocol.
            guard head.status != 101 else { throw HTTPError(.statusInvalid, line: 1) }
            return true
        }
        let framing = head.answerFraming()
        keepsAlive = head.keepsAlive && framing != .untilClose
        bodyReader = HTTPBodyReader(framing)
        exchange.upstreamHead(UpstreamHead(head, in: bytes), attempt: attempt)
        return true
    }

    private func readBody(for exchange: Exchange) throws(HTTPError) -> Bool {
        let bytes = received
        var offset = 0
        while let step = try bodyReader?.next(in: bytes.readableBytesUInt8Span, from: offset) {
            switch step {
            case .data(let range):
                offset = range.upperBound
                guard let slice = bytes.getSlice(at: bytes.readerIndex + range.lowerBound, length: range.count)
                else { return false }
                exchange.upstreamBody(slice, attempt: attempt)
                guard self.exchange === exchange, !isClosing else { return false }
            case .more(let done):
                received.moveReaderIndex(forwardBy: done)
                return false
            case .end(let next):
                // More than was asked for would be taken for the next answer.
                if next < bytes.readableBytes { keepsAlive = false }
                endAnswer(exchange)
                return false
            }
        }
        return false
    }

    private func endAnswer(_ exchange: Exchange) {
        received = ByteBuffer()
        bodyReader = nil
        // An answer may come before the request was sent whole: what is left of it would come before the next one.
        if sentBytes > Self.surelySentBytesMax {
            if let context, context.channel.bufferedBytes > 0 { keepsAlive = false }
        }
        exchange.upstreamEnd(attempt: attempt)
    }

    /// Ends here: no handler stands behind this one.
    func channelReadComplete(context: ChannelHandlerContext) {
        exchange?.upstreamReadComplete()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        pool.clock.read()
        let cause = LocalCause(onConnection: error)
        failHandshake(cause)
        fail(cause)
        close()
    }

    func channelInactive(context: ChannelHandlerContext) {
        isClosing = true
        output.close()
        pool.clock.read()
        if let exchange, bodyReader?.mayEndWithConnection == true {
            endAnswer(exchange)
        }
        failHandshake(.tlsFailed)
        fail(.connectionLost)
        if isCounted { pool.closed(place, self) }
    }

    private func fail(_ cause: LocalCause) {
        guard let exchange else { return }
        self.exchange = nil
        exchange.upstreamLost(cause, on: self, attempt: attempt)
    }
}
