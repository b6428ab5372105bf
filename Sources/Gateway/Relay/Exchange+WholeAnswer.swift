// SPDX-License-Identifier: Apache-2.0

internal import NIOCore
internal import Providers
internal import Records
internal import Wire

// Answers that are not streams of events.
extension Exchange {
    /// Holds an answer until it is whole; a long one goes out and is final from then on.
    func takeAnswer(_ bytes: ByteBuffer) {
        if hasSentHead {
            current?.relayedBytes += bytes.readableBytes
            current?.usageFinder.take(bytes.readableBytesUInt8Span)
            return send(bytes)
        }
        if current?.collected.readableBytes == 0 {
            current?.collected = bytes
        } else {
            var bytes = bytes
            current?.collected.writeBuffer(&bytes)
        }
        guard let held = current?.collected, held.readableBytes > GatewayLimits.heldBytesMax else { return }
        // What begins like this is an answer, whatever its end says.
        _ = readHeldAnswer(held)
        current?.usageFinder.take(held.readableBytesUInt8Span)
        current?.collected = ByteBuffer()
        served()
        sendHead(current?.head?.statedLength.map { .length($0) } ?? .stream)
        current?.relayedBytes += held.readableBytes
        send(held)
    }

    func completeAnswer() {
        guard let attempt = current else { return }
        if hasSentHead {
            current?.usage = attempt.usageFinder.usage
        } else {
            let answer = attempt.collected
            if let error = readHeldAnswer(answer) {
                // A response that failed with the status 200: the next deployment may still serve.
                let signal = classify(attempt, phase: .inStream, error: error)
                if signal.signalClass != .request, signal.signalClass != .filter {
                    return failAttempt(signal, body: ByteBuffer())
                }
            }
            served()
            sendHead(.length(answer.readableBytes))
            current?.relayedBytes = answer.readableBytes
            send(answer)
        }
        sendEnd()
        finish(.served)
    }

    /// Reads the usage and the state of an answer, or of its beginning; the error of a response that failed.
    private func readHeldAnswer(_ answer: ByteBuffer) -> JSONErrorScan? {
        let bytes = answer.readableBytesUInt8Span
        guard scan.operation == .responses else {
            current?.usage = ResponseScanner.usage(in: bytes)
            return nil
        }
        let read = ResponsesScanner.scan(body: bytes)
        current?.usage = read.usage
        if read.kind == .failure, let error = read.error { return .response(error, in: bytes) }
        var names: [StateName] = []
        for text in read.names {
            if let name = StateName(text, in: bytes) { names.append(name) }
        }
        noteState(names)
        return nil
    }
}

extension JSONErrorScan {
    /// What the error object of a response says, or the event that is one.
    static func response(_ range: Range<Int>, in bytes: Span<UInt8>) -> JSONErrorScan {
        var error = JSONErrorScanner.scan(bytes.extracting(range))
        // It stands where only the provider writes.
        error.hasErrorObject = true
        return error
    }
}
