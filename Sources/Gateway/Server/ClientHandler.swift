// SPDX-License-Identifier: Apache-2.0

internal import Agreement
internal import NIOCore
internal import NIOHTTP1
internal import Wire

/// One client's connection: reads requests one at a time, lets them in or refuses them, and writes the answers.
final class ClientHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// What is being done with the request at hand.
    private enum State {
        /// Between requests; a head may be on its way.
        case idle
        /// A body is being read for the route.
        case reading(Route, KeyState?)
        /// A request is whole, and the client has yet to read what it was answered before.
        case held(Route, KeyState?)
        /// The request was refused at its head; the rest of it is thrown away until the connection closes.
        case discarding
        case serving(Exchange)
        case closed
    }

    let loop: LoopContext
    private var context: ChannelHandlerContext?
    private var state = State.idle
    private var since = NIODeadline.now()
    private var lastByte = NIODeadline.now()
    private var hasPartialHead = true
    private var body = ByteBuffer()
    private var keepsAlive = true
    private var isHead = false
    private var version = HTTPVersion.http1_1
    private var unwritableSince: NIODeadline?
    private var lastCredential: (text: String, keysVersion: Int, state: KeyState)?

    init(loop: LoopContext) {
        self.loop = loop
    }

    // MARK: Reading

    func channelActive(context: ChannelHandlerContext) {
        self.context = context
        loop.add(self)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): readHead(head)
        case .body(let bytes): readBody(bytes)
        case .end: readEnd()
        }
    }

    /// Bytes have come in that may be part of a head; called by the handler before the codec.
    func noteBytes() {
        lastByte = .now()
        if case .idle = state, !hasPartialHead {
            hasPartialHead = true
            since = lastByte
        }
    }

    private func readHead(_ head: HTTPRequestHead) {
        guard case .idle = state else { return }
        hasPartialHead = false
        // A client of HTTP/1.0 can't read chunks: its answers end with the connection.
        version = head.version == .http1_0 ? .http1_0 : .http1_1
        keepsAlive = head.isKeepAlive && version == .http1_1 && !loop.isDraining
        isHead = head.method == .HEAD
        since = .now()
        body = ByteBuffer()
        let route: Route
        switch Route.find(method: head.method, uri: head.uri) {
        case .success(let found): route = found
        case .failure(let error): return refuseAtHead(error)
        }
        var keyState: KeyState?
        if route.needsKey {
            switch authenticate(head) {
            case .success(let known): keyState = known
            case .failure(let error): return refuseAtHead(error)
            }
        }
        if let error = checkBody(head) { return refuseAtHead(error) }
        if case .chat = route {
            guard loop.metrics.requestsInFlight * loop.loopCount < loop.shared.limits.requestsMax else {
                return refuseAtHead(
                    .overloaded("Too many requests are in flight; try again in a moment.", code: "overloaded"))
            }
            guard !loop.shared.ledger.isCrowded() else {
                return refuseAtHead(
                    .overloaded("The ledger does not keep up; try again in a moment.", code: "ledger_crowded"))
            }
        }
        state = .reading(route, keyState)
        if head.headers.first(name: "expect")?.lowercased() == "100-continue" {
            context?.writeAndFlush(
                wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: nil)
        }
    }

    private func readBody(_ bytes: ByteBuffer) {
        guard case .reading(let route, _) = state else { return }
        guard route.takesBody, body.readableBytes + bytes.readableBytes <= loop.shared.limits.requestBodyBytesMax else {
            return refuseAtHead(.bodyTooLarge(bytesMax: route.takesBody ? loop.shared.limits.requestBodyBytesMax : 0))
        }
        if body.readableBytes == 0 {
            body = bytes
        } else {
            var bytes = bytes
            body.writeBuffer(&bytes)
        }
    }

    private func readEnd() {
        guard case .reading(let route, let keyState) = state else { return }
        guard isWritable else {
            state = .held(route, keyState)
            return
        }
        switch route {
        case .chat:
            guard let keyState else { return }
            startExchange(keyState)
        case .models: answer(status: .ok, type: "application/json", loop.modelList())
        case .model(let id):
            if let model = loop.model(id) {
                answer(status: .ok, type: "application/json", model)
            } else {
                answer(
                    .invalidRequest(
                        "No model of this name is served here; GET /v1/models lists the models.",
                        code: "model_not_found",
                        status: 404, param: "model"))
            }
        case .health: answer(status: .ok, type: "text/plain; charset=utf-8", ByteBuffer(string: "ok\n"))
        case .ready:
            let text =
                loop.isDraining
                ? "draining\n" : loop.shared.ledger.isAvailable() ? "ready\n" : "ready, ledger unavailable\n"
            answer(
                status: loop.isDraining ? .serviceUnavailable : .ok, type: "text/plain; charset=utf-8",
                ByteBuffer(string: text))
        case .metrics:
            state = .reading(route, nil)
            loop.gatherMetrics { [weak self] text in
                self?.answer(status: .ok, type: "text/plain; version=0.0.4; charset=utf-8", ByteBuffer(string: text))
            }
        }
    }

    private func startExchange(_ keyState: KeyState) {
        do throws(RequestProblem) {
            let scan = try ChatRequestScanner.scan(body.readableBytesUInt8Span)
            let exchange = Exchange(loop: loop, client: self, keyState: keyState, body: body, scan: scan)
            body = ByteBuffer()
            state = .serving(exchange)
            exchange.start()
        } catch {
            answer(
                .invalidRequest(
                    error.message, code: error.code == .malformed ? "invalid_json" : "invalid_value",
                    param: error.param))
        }
    }

    private func authenticate(_ head: HTTPRequestHead) -> Result<KeyState, ErrorAnswer> {
        let text: String
        if let authorization = head.headers.first(name: "authorization") {
            guard authorization.count > 7, authorization.prefix(7).lowercased() == "bearer " else {
                return .failure(.invalidKey("The Authorization header is not of the form 'Bearer KEY'."))
            }
            text = String(authorization.dropFirst(7))
        } else if let key = head.headers.first(name: "api-key") {
            text = key
        } else {
            return .failure(
                .invalidKey("No key was given; send 'Authorization: Bearer KEY' with a key of this gateway."))
        }
        if let last = lastCredential, last.keysVersion == loop.keysVersion, last.text == text {
            return .success(last.state)
        }
        guard let state = loop.keyState(for: text) else {
            return .failure(.invalidKey("The key is not one of this gateway, or it was revoked."))
        }
        lastCredential = (text, loop.keysVersion, state)
        return .success(state)
    }

    private func checkBody(_ head: HTTPRequestHead) -> ErrorAnswer? {
        if let length = head.headers.first(name: "content-length"), let bytes = Int(length),
            bytes > loop.shared.limits.requestBodyBytesMax
        {
            return .bodyTooLarge(bytesMax: loop.shared.limits.requestBodyBytesMax)
        }
        if let encoding = head.headers.first(name: "content-encoding"), encoding.lowercased() != "identity" {
            return .invalidRequest(
                "The body is compressed, which this gateway does not read; send it without Content-Encoding.",
                code: "unsupported_content_encoding", status: 415)
        }
        return nil
    }

    /// Refuses a request before all of it was read; the connection can't be used again.
    private func refuseAtHead(_ error: ErrorAnswer) {
        keepsAlive = false
        answer(error)
        if case .closed = state { return }
        state = .discarding
    }

    /// Refuses a request whose head did not come: past the handler that pairs answers with requests, which has none.
    private func refuseWithoutHead(_ error: ErrorAnswer) {
        guard let context,
            let unpaired = try? context.pipeline.syncOperations.context(handlerType: HTTPServerPipelineHandler.self)
        else { return }
        state = .discarding
        since = .now()
        let body = error.body
        var headers = HTTPHeaders([
            ("content-type", "application/json"), ("content-length", String(body.readableBytes)),
            ("connection", "close"),
        ])
        headers.add(retry: error.retryAfterMilliseconds, shouldRetry: error.shouldRetry)
        let head = HTTPResponseHead(
            version: .http1_1, status: HTTPResponseStatus(statusCode: error.status), headers: headers)
        loop.metrics.answers[error.status, default: 0] += 1
        unpaired.write(wrapOutboundOut(.head(head)), promise: nil)
        unpaired.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        unpaired.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        closeGently()
    }

    // MARK: Writing

    private func answer(_ error: ErrorAnswer) {
        answer(
            status: HTTPResponseStatus(statusCode: error.status), type: "application/json", error.body,
            retry: error.retryAfterMilliseconds, shouldRetry: error.shouldRetry)
    }

    private func answer(
        status: HTTPResponseStatus, type: String, _ body: ByteBuffer, retry: Int64? = nil, shouldRetry: Bool? = nil
    ) {
        guard context != nil else { return }
        var headers = HTTPHeaders()
        headers.add(name: "content-type", value: type)
        headers.add(name: "content-length", value: String(body.readableBytes))
        headers.add(retry: retry, shouldRetry: shouldRetry)
        write(HTTPResponseHead(version: .http1_1, status: status, headers: headers))
        if !isHead { write(body) }
        end()
    }

    /// Writes the head of an answer.
    func write(_ head: HTTPResponseHead) {
        guard let context else { return }
        var head = head
        head.version = version
        keepsAlive = keepsAlive && !loop.isDraining
        if !keepsAlive { head.headers.replaceOrAdd(name: "connection", value: "close") }
        loop.metrics.answers[Int(head.status.code), default: 0] += 1
        context.write(wrapOutboundOut(.head(head)), promise: nil)
    }

    /// Writes a piece of an answer's body.
    func write(_ piece: ByteBuffer) {
        context?.write(wrapOutboundOut(.body(.byteBuffer(piece))), promise: nil)
    }

    func flush() {
        context?.flush()
    }

    /// Ends the answer and goes on with the next request, or closes.
    func end() {
        guard let context else { return }
        since = .now()
        hasPartialHead = false
        if keepsAlive {
            state = .idle
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        } else {
            state = .discarding
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            closeGently()
        }
    }

    /// Says that nothing more will be written, and gives the client a moment to read it before the connection goes:
    /// closing while it still sends would reset the answer away.
    private func closeGently() {
        guard let context else { return }
        context.close(mode: .output, promise: nil)
    }

    /// Ends the connection in the middle of an answer, which is all that HTTP/1.1 has to say that it is not whole.
    func abort() {
        context?.close(promise: nil)
    }

    /// Whether the client keeps up.
    var isWritable: Bool { context?.channel.isWritable ?? false }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        let isWritable = context.channel.isWritable
        unwritableSince = isWritable ? nil : .now()
        switch state {
        case .serving(let exchange):
            exchange.clientWritabilityChanged(isWritable)
        case .held(let route, let keyState) where isWritable:
            state = .reading(route, keyState)
            readEnd()
        default:
            break
        }
        context.fireChannelWritabilityChanged()
    }

    // MARK: Ends

    func channelInactive(context: ChannelHandlerContext) {
        let last = state
        state = .closed
        self.context = nil
        loop.remove(self)
        if case .serving(let exchange) = last { exchange.clientGone() }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is HTTPParserError, case .idle = state {
            keepsAlive = false
            answer(
                .invalidRequest(
                    "The bytes are not an HTTP/1.1 request: \(error).", code: "malformed_http",
                    status: (error as? HTTPParserError) == .headerOverflow ? 431 : 400))
            state = .discarding
        } else if error is HTTPParserError, case .reading = state {
            refuseAtHead(
                .invalidRequest("The body is not framed as HTTP/1.1 asks: \(error).", code: "malformed_http"))
        } else {
            context.close(promise: nil)
        }
    }

    /// Looks at the connection's deadlines.
    func tick(_ now: NIODeadline) {
        let limits = loop.shared.limits
        if let unwritableSince, now - unwritableSince > .milliseconds(limits.writeStallMilliseconds) {
            return abort()
        }
        switch state {
        case .idle:
            if hasPartialHead, now - since > .milliseconds(limits.headMilliseconds) {
                refuseWithoutHead(
                    .invalidRequest(
                        "The head of the request did not come in time; send it within \(limits.headMilliseconds) ms.",
                        code: "request_timeout", status: 408))
            } else if loop.isDraining || now - since > .milliseconds(limits.idleMilliseconds) {
                context?.close(promise: nil)
            }
        case .reading:
            guard
                now - since > .milliseconds(limits.bodyMilliseconds)
                    || now - lastByte > .milliseconds(limits.bodyIdleMilliseconds)
            else { return }
            refuseAtHead(
                .invalidRequest(
                    "The body of the request did not come in time.", code: "request_timeout", status: 408))
        case .discarding:
            if now - since > .milliseconds(limits.bodyIdleMilliseconds / 10) { abort() }
        case .serving(let exchange):
            exchange.tick(now)
        case .held, .closed:
            break
        }
    }

    /// Tells an idle connection that the gateway stops.
    func drain() {
        if case .idle = state { context?.close(promise: nil) }
    }
}
