// SPDX-License-Identifier: Apache-2.0

internal import NIOCore
internal import Wire

/// One client's connection: reads requests one at a time, lets them in or refuses them, and writes the answers.
final class ClientHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// What is being done with the request at hand.
    enum State {
        /// Between requests; a head may be on its way.
        case idle
        /// A body is being read for the route.
        case reading(Route, KeyState?)
        /// A request is whole, and the client has yet to read what it was answered before.
        case held(Route, KeyState?)
        /// The counts of all loops are being gathered for an answer.
        case gathering
        /// The request was refused at its head; the rest of it is thrown away until the connection closes.
        case discarding
        case serving(Exchange)
        case closed
    }

    let loop: LoopContext
    var context: ChannelHandlerContext?
    var state = State.idle
    /// When the state began, as far as its deadline goes.
    var since: NIODeadline
    var lastByte: NIODeadline
    var hasPartialHead = true
    var keepsAlive = true
    var isHead = false
    var isHTTP10 = false
    var unwritableSince: NIODeadline?
    /// Whether everything was written that the client will get.
    var isOutputClosed = false
    var security: Security
    /// What is written and has not been handed to the channel.
    var pending = ByteBuffer()
    var output = SocketWriter()
    /// Whether what is written waits for the ledger.
    var holdsOutput = false
    /// Whether the answer at hand is written in chunks.
    var writesChunks = false
    /// Where the request at hand stands in its client's trace.
    var trace: TraceContext?

    /// What was received and not used yet.
    private var received = ByteBuffer()
    private var headReader = HTTPHeadReader(.requests)
    private var bodyReader = HTTPBodyReader(.length(0))
    var body = ByteBuffer()
    /// What a body that is not small takes of the memory for bodies.
    var bodyClaim: BodyClaim?
    private var isProceeding = false
    private var isReading = true
    private var lastCredential: (bytes: [UInt8], keysVersion: Int, state: KeyState)?

    init(loop: LoopContext, usesTLS: Bool) {
        self.loop = loop
        loop.clock.read()
        since = loop.now
        lastByte = loop.now
        security = usesTLS ? .handshaking : .plain
    }

    // MARK: Reading

    func channelActive(context: ChannelHandlerContext) {
        self.context = context
        if case .plain = security { output.open(context.channel) }
        loop.add(self)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        loop.clock.read()
        lastByte = loop.now
        if case .discarding = state { return }
        if received.readableBytes == 0 {
            received = bytes
        } else {
            received.writeBuffer(&bytes)
        }
        proceed()
    }

    /// Ends here: what a read brought was dealt with, and no handler stands behind this one.
    func channelReadComplete(context: ChannelHandlerContext) {}

    /// Goes on with what was received, as far as it goes.
    func proceed() {
        guard !isProceeding else { return }
        isProceeding = true
        defer { isProceeding = false }
        var goesOn = true
        while goesOn {
            do throws(HTTPError) {
                switch state {
                case .idle: goesOn = try readHead()
                case .reading: goesOn = try readBody()
                case .held, .gathering, .discarding, .serving, .closed: goesOn = false
                }
            } catch {
                goesOn = false
                refuseAtHead(.malformed(error))
            }
        }
        received.giveBackMemory()
        setReading(wantsReading)
    }

    /// Whether more may come in: a client may send its next requests early, but not without end.
    private var wantsReading: Bool {
        switch state {
        case .idle, .reading, .discarding: true
        case .held, .gathering, .serving: received.readableBytes <= HTTPLimits.headBytesMax
        case .closed: false
        }
    }

    private func setReading(_ isReading: Bool) {
        guard let context, isReading != self.isReading else { return }
        self.isReading = isReading
        try? context.channel.syncOptions?.setOption(.autoRead, value: isReading)
        if isReading { context.read() }
    }

    /// Reads a head; false where more bytes are needed.
    private func readHead() throws(HTTPError) -> Bool {
        guard received.readableBytes > 0 else { return false }
        let bytes = received
        // A line end that some clients send behind a body is no head yet.
        if !hasPartialHead, bytes.readableBytes > 2 || bytes.readableBytesUInt8Span[0] > 0x20 {
            hasPartialHead = true
            since = max(since, lastByte)
        }
        let span = bytes.readableBytesUInt8Span
        guard try headReader.read(span) else { return false }
        received.moveReaderIndex(forwardBy: headReader.head.byteCount)
        admit(headReader.head, in: span)
        headReader.reset()
        return true
    }

    private func admit(_ head: HTTPHead, in bytes: Span<UInt8>) {
        hasPartialHead = false
        // A client of HTTP/1.0 can't read chunks: its answers end with the connection.
        isHTTP10 = head.isHTTP10
        keepsAlive = head.keepsAlive && !isHTTP10 && !loop.isDraining
        isHead = head.method == .head
        since = loop.now
        body = ByteBuffer()
        bodyClaim = nil
        bodyReader = HTTPBodyReader(head.requestFraming)
        trace = TraceContext(head, in: bytes)
        let route: Route
        switch Route.find(head, in: bytes) {
        case .success(let found): route = found
        case .failure(let error): return refuseAtHead(error)
        }
        var keyState: KeyState?
        if route.needsKey {
            switch authenticate(head, in: bytes) {
            case .success(let known): keyState = known
            case .failure(let error): return refuseAtHead(error)
            }
        }
        if let error = checkBody(head, in: bytes) ?? checkRoom(for: route, head) {
            return refuseAtHead(error)
        }
        state = .reading(route, keyState)
        if head.expectsContinue, received.readableBytes == 0, !holdsOutput {
            prepareWriting()
            pending.writeStaticString("HTTP/1.1 100 Continue\r\n\r\n")
            flush()
        }
    }

    /// Reads the body; false where more bytes are needed.
    private func readBody() throws(HTTPError) -> Bool {
        let bytes = received
        var offset = 0
        while true {
            switch try bodyReader.next(in: bytes.readableBytesUInt8Span, from: offset) {
            case .data(let range):
                offset = range.upperBound
                guard take(range, of: bytes) else { return false }
            case .more(let done):
                received.moveReaderIndex(forwardBy: done)
                return false
            case .end(let next):
                received.moveReaderIndex(forwardBy: next)
                if received.readableBytes == 0 { received = ByteBuffer() }
                endRequest()
                return true
            }
        }
    }

    /// Takes in a piece of the body; false where it is too much.
    private func take(_ range: Range<Int>, of bytes: ByteBuffer) -> Bool {
        guard case .reading(let route, _) = state else { return false }
        let bytesMax = route.takesBody ? loop.limits.requestBodyBytesMax : 0
        guard body.readableBytes + range.count <= bytesMax,
            var slice = bytes.getSlice(at: bytes.readerIndex + range.lowerBound, length: range.count)
        else {
            refuseAtHead(.bodyTooLarge(bytesMax: bytesMax))
            return false
        }
        if let error = growBody(to: body.readableBytes + range.count) {
            refuseAtHead(error)
            return false
        }
        if body.readableBytes == 0 {
            body = slice
        } else {
            body.writeBuffer(&slice)
        }
        return true
    }

    /// Serves a request that is whole.
    private func endRequest() {
        guard case .reading(let route, let keyState) = state else { return }
        guard isWritable else {
            state = .held(route, keyState)
            return
        }
        switch route {
        case .operation(let operation):
            guard let keyState else { return }
            startExchange(keyState, operation)
        case .models: answer(status: 200, type: "application/json", loop.modelList(keyState?.key))
        case .model(let id):
            if let model = loop.model(id, keyState?.key) {
                answer(status: 200, type: "application/json", model)
            } else {
                answer(
                    .invalidRequest(
                        "No model of this name is served here; GET /v1/models lists the models.",
                        code: "model_not_found",
                        status: 404, param: "model"))
            }
        case .health: answer(status: 200, type: "text/plain; charset=utf-8", ByteBuffer(string: "ok\n"))
        case .ready:
            let text =
                loop.isDraining
                ? "draining\n" : loop.shared.ledger.isAvailable() ? "ready\n" : "ready, ledger unavailable\n"
            answer(
                status: loop.isDraining ? 503 : 200, type: "text/plain; charset=utf-8", ByteBuffer(string: text))
        case .options(let allow): answerOptions(allow: allow)
        case .metrics:
            state = .gathering
            loop.gatherMetrics { [weak self] text in
                self?.answer(status: 200, type: "text/plain; version=0.0.4; charset=utf-8", ByteBuffer(string: text))
            }
        }
    }

    /// Goes on with a request that waited for the client to read.
    func resumeHeldRequest() {
        guard case .held(let route, let keyState) = state else { return }
        state = .reading(route, keyState)
        endRequest()
        proceed()
    }

    private func startExchange(_ keyState: KeyState, _ operation: APIOperation) {
        var body = ByteBuffer()
        swap(&body, &self.body)
        do throws(RequestProblem) {
            let scan = try RequestScanner.scan(body.readableBytesUInt8Span, as: operation)
            let exchange = Exchange(loop: loop, client: self, keyState: keyState, body: body, scan: scan)
            exchange.bodyClaim = bodyClaim
            bodyClaim = nil
            state = .serving(exchange)
            exchange.start()
        } catch {
            answer(
                .invalidRequest(
                    error.message, code: error.code == .malformed ? "invalid_json" : "invalid_value",
                    param: error.param))
        }
    }

    // MARK: Admission

    private func authenticate(_ head: HTTPHead, in bytes: Span<UInt8>) -> Result<KeyState, ErrorAnswer> {
        var range: Range<Int>
        if let authorization = head.first(.authorization) {
            range = authorization.valueRange
            guard range.count > 7, bytes.holds("bearer ", ignoringCaseIn: range.lowerBound..<range.lowerBound + 7)
            else {
                return .failure(.invalidKey("The Authorization header is not of the form 'Bearer KEY'."))
            }
            range = range.lowerBound + 7..<range.upperBound
        } else if let key = head.first(.apiKey) {
            range = key.valueRange
        } else {
            return .failure(
                .invalidKey("No key was given; send 'Authorization: Bearer KEY' with a key of this gateway."))
        }
        if let last = lastCredential, last.keysVersion == loop.keysVersion,
            last.bytes.span.isSecretlyEqual(to: range, of: bytes)
        {
            return .success(last.state)
        }
        let text = bytes.text(range)
        guard let state = loop.keyState(for: text) else {
            return .failure(.invalidKey("The key is not known here or has been revoked."))
        }
        lastCredential = (Array(text.utf8), loop.keysVersion, state)
        return .success(state)
    }

    private func checkBody(_ head: HTTPHead, in bytes: Span<UInt8>) -> ErrorAnswer? {
        if let length = head.statedLength, length > loop.limits.requestBodyBytesMax {
            return .bodyTooLarge(bytesMax: loop.limits.requestBodyBytesMax)
        }
        if let encoding = head.first(.contentEncoding), !bytes.holds("identity", ignoringCaseIn: encoding.valueRange) {
            return .invalidRequest(
                "The body is compressed, which this gateway does not read; send it without Content-Encoding.",
                code: "unsupported_content_encoding", status: 415)
        }
        return nil
    }

    private func checkRoom(for route: Route, _ head: HTTPHead) -> ErrorAnswer? {
        guard route.takesBody else { return nil }
        guard loop.metrics.requestsInFlight * loop.loopCount < loop.limits.requestsMax else {
            return .overloaded("Too many requests are in flight; try again in a moment.", code: "overloaded")
        }
        guard !loop.shared.ledger.isCrowded() else {
            return .overloaded("The ledger does not keep up; try again in a moment.", code: "ledger_crowded")
        }
        return claimBody(head)
    }
}
