// SPDX-License-Identifier: Apache-2.0

internal import Wire

// The events of a response.
extension StreamRelay {
    /// Reads the payload of one event: its kind decides what it means, not the line `event:`.
    mutating func readResponse(_ bytes: Span<UInt8>) -> Reading {
        let scan = ResponsesScanner.scan(event: bytes)
        // Reports are cumulative.
        TokenUsage.replace(&usage, with: scan.usage)
        if let number = scan.sequenceNumber { lastSequenceNumber = number }
        for text in scan.names {
            if let name = StateName(text, in: bytes) { stateNames.append(name) }
        }
        switch scan.kind {
        case .prelude:
            break
        case .shown:
            isCommitted = true
        case .content:
            isCommitted = true
            contentEvents += 1
        case .end:
            isCommitted = true
            isComplete = true
        case .failure:
            let error = JSONErrorScan.response(scan.error ?? 0..<bytes.count, in: bytes)
            guard isCommitted else { return .fail(error) }
            lateError = error
            // It is the last word of the stream: none is to be added.
            isComplete = true
        }
        return .pass
    }
}
