// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import Wire

/// One connection of a simulated cloud: one request at a time, answered as its plan says.
final class CloudHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    static let requestBodyBytesMax = 16 * 1024 * 1024

    /// A request that is being answered.
    private struct Answering {
        let served: ServedRequest
        var plan: ResponsePlan
        var text: AnswerText
        let identifier: UInt64
        var timer: Scheduled<Void>?
    }

    private let shared: SharedCloud
    private var head: HTTPRequestHead?
    private var body = ByteBuffer()
    private var answering: Answering?
    private var isTooLarge = false
    private var isKeepAlive = true

    init(_ shared: SharedCloud) {
        self.shared = shared
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let newHead):
            guard head == nil, answering == nil else {
                // Nobody pipelines to these vendors.
                context.close(promise: nil)
                return
            }
            head = newHead
            isKeepAlive = newHead.isKeepAlive
            body.clear()
            isTooLarge = false
        case .body(var part):
            guard head != nil else { return }
            // The rest of too large a body is read and thrown away: closing while the client sends would reset the
            // answer away.
            isTooLarge = isTooLarge || body.readableBytes + part.readableBytes > Self.requestBodyBytesMax
            guard !isTooLarge else { return body.clear() }
            body.writeBuffer(&part)
        case .end:
            guard let head else { return }
            self.head = nil
            if isTooLarge {
                refuse(shared.refuseUnrouted(Refusal(.tooLarge, detail: head.uri)), context: context)
            } else {
                respond(to: head, context: context)
            }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if let answering {
            answering.timer?.cancel()
            shared.end(answering.served, as: answering.plan.ending(clientLeft: true))
            self.answering = nil
        }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func respond(to head: HTTPRequestHead, context: ChannelHandlerContext) {
        let route = CloudRoute(method: head.method.rawValue, uri: head.uri, dialect: shared.cloud.dialect)
        switch route {
        case .counters, .setFaults, .setCapacity:
            let answer = ControlCall.answer(route, body: body, shared: shared)
            let headers = HTTPHeaders([("content-type", "application/json"), ("x-simulated-cloud", shared.cloud.name)])
            send(status: answer.status, headers: headers, body: ByteBuffer(string: answer.body), context: context)
        case .unknown:
            let detail = "\(head.method.rawValue) \(head.uri.prefix(200))"
            refuse(shared.refuseUnrouted(Refusal(.unknownPath, detail: detail)), context: context)
        case .models, .operation:
            guard isAuthorized(head.headers) else {
                refuse(shared.refuseUnrouted(Refusal(.auth)), context: context)
                return
            }
            if case .operation(let operation, let deployment) = route {
                respond(to: operation, deployment: deployment, context: context)
            } else {
                let headers = vendorHeaders(shared.nextIdentifier(), rateLimits: nil, contentType: "application/json")
                send(status: 200, headers: headers, body: ByteBuffer(string: models()), context: context)
            }
        }
    }

    private func respond(to operation: APIOperation, deployment: String?, context: ChannelHandlerContext) {
        let request: CloudRequest
        let body = body
        do {
            request = try CloudRequest(operation, body: body.readableBytesUInt8Span, deployment: deployment)
        } catch {
            refuse(shared.refuseUnrouted(error.refusal), context: context)
            return
        }
        switch shared.decide(request) {
        case .refuse(let refusal):
            refuse(refusal, context: context)
        case .closeConnection:
            context.close(promise: nil)
        case .sendMalformedHead:
            sendMalformedHead(context: context)
        case .serve(let served):
            let identifier = shared.nextIdentifier()
            let created = Int(Date().timeIntervalSince1970)
            answering = Answering(
                served: served,
                plan: ResponsePlan(served, annotatesPrompt: shared.cloud.dialect == .azure && operation == .chat),
                text: AnswerText(served, cloud: shared.cloud, identifier: identifier, created: created),
                identifier: identifier
            )
            proceed(context: context)
        }
    }

    /// Does what the plan says until it says to wait, or has ended.
    private func proceed(context: ChannelHandlerContext) {
        guard var current = answering else { return }
        var pending = context.channel.allocator.buffer(capacity: 0)
        while true {
            switch current.plan.next() {
            case .head:
                writeHead(current, contentLength: nil, context: context)
            case .event(let event):
                current.text.append(event, to: &pending)
            case .plain(let kind):
                pending = current.text.body()
                if kind == .malformed {
                    pending.clear()
                    current.text.append(.malformed, to: &pending)
                }
                writeHead(current, contentLength: pending.readableBytes, context: context)
                if kind == .firstHalf { pending.moveWriterIndex(to: pending.writerIndex / 2) }
            case .wait(let microseconds):
                writeBody(&pending, context: context)
                context.flush()
                current.timer = context.eventLoop.assumeIsolated().scheduleTask(in: .microseconds(microseconds)) {
                    self.proceed(context: context)
                }
                answering = current
                return
            case .finish:
                writeBody(&pending, context: context)
                shared.end(current.served, as: current.plan.ending(clientLeft: false))
                answering = nil
                end(context: context)
                return
            case .cut:
                writeBody(&pending, context: context)
                shared.end(current.served, as: current.plan.ending(clientLeft: false))
                answering = nil
                context.flush()
                context.close(promise: nil)
                return
            }
        }
    }

    private func end(context: ChannelHandlerContext) {
        let written = context.writeAndFlush(wrapOutboundOut(.end(nil)))
        guard !isKeepAlive else { return }
        written.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
    }

    // The content length is a plain answer's; a stream has none.
    private func writeHead(_ current: Answering, contentLength: Int?, context: ChannelHandlerContext) {
        let type = contentLength == nil ? "text/event-stream; charset=utf-8" : "application/json"
        var headers = vendorHeaders(current.identifier, rateLimits: current.served.rateLimits, contentType: type)
        if let contentLength { headers.add(name: "content-length", value: "\(contentLength)") }
        let head = HTTPResponseHead(version: .http1_1, status: .ok, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
    }

    private func writeBody(_ pending: inout ByteBuffer, context: ChannelHandlerContext) {
        guard pending.readableBytes > 0 else { return }
        context.write(wrapOutboundOut(.body(.byteBuffer(pending))), promise: nil)
        pending = context.channel.allocator.buffer(capacity: 0)
    }
}

extension CloudHandler {
    private func isAuthorized(_ headers: HTTPHeaders) -> Bool {
        guard let credential = shared.cloud.credential else { return true }
        if shared.cloud.dialect == .azure, headers.first(name: "api-key") == credential { return true }
        return headers.first(name: "authorization") == "Bearer \(credential)"
    }

    private func models() -> String {
        let models = shared.cloud.lanes.flatMap(\.deployments).map { deployment in
            #"{"id":"\#(deployment)","object":"model","created":0,"owned_by":"\#(shared.cloud.name)"}"#
        }
        return #"{"object":"list","data":[\#(models.joined(separator: ","))]}"#
    }

    private func vendorHeaders(_ identifier: UInt64, rateLimits: RateLimits?, contentType: String) -> HTTPHeaders {
        var headers = VendorHeaders(cloud: shared.cloud).headers(identifier: identifier, rateLimits: rateLimits)
        headers.add(name: "content-type", value: contentType)
        return headers
    }

    private func refuse(_ refusal: Refusal, context: ChannelHandlerContext) {
        let answer = RefusalAnswer(refusal, dialect: shared.cloud.dialect, region: shared.cloud.region)
        var headers = VendorHeaders(cloud: shared.cloud).headers(identifier: shared.nextIdentifier(), rateLimits: nil)
        for header in answer.headers { headers.add(name: header.name, value: header.value) }
        send(status: answer.status, headers: headers, body: ByteBuffer(string: answer.body), context: context)
    }

    private func send(status: Int, headers: HTTPHeaders, body: ByteBuffer, context: ChannelHandlerContext) {
        var headers = headers
        headers.add(name: "content-length", value: "\(body.readableBytes)")
        let head = HTTPResponseHead(version: .http1_1, status: HTTPResponseStatus(statusCode: status), headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        end(context: context)
    }

    /// Bytes that are no HTTP go around the encoder.
    private func sendMalformedHead(context: ChannelHandlerContext) {
        let bytes = ByteBuffer(bytes: [0x16, 0x03, 0x01, 0x00, 0x05, 0xFF, 0xFE, 0x00, 0x0D, 0x0A])
        do {
            let encoder = try context.pipeline.syncOperations.context(handlerType: HTTPResponseEncoder.self)
            encoder.writeAndFlush(NIOAny(bytes), promise: nil)
        } catch {
            context.fireErrorCaught(error)
        }
        context.close(promise: nil)
    }
}
