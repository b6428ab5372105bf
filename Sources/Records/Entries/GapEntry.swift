// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// Requests that the ledger could not take down while it could not be written.
package struct GapEntry: Sendable, Equatable {
    package var at: Instant
    package var from: Instant
    package var to: Instant
    /// Requests that were served without a record.
    package var requests: UInt64
    package var promptTokens: UInt64
    package var completionTokens: UInt64
    /// The system's error number; 0 for requests that ended after their gap's first entry was written.
    package var cause: UInt64

    package init(
        at: Instant, from: Instant, to: Instant, requests: UInt64, promptTokens: UInt64, completionTokens: UInt64,
        cause: UInt64
    ) {
        self.at = at
        self.from = from
        self.to = to
        self.requests = requests
        self.promptTokens = promptTokens
        self.completionTokens = completionTokens
        self.cause = cause
    }

    package func encoded() -> [UInt8] {
        var writer = RecordWriter(.gap, at: at, fields: 6)
        writer.put(3, from)
        writer.put(4, to)
        writer.put(5, requests)
        writer.put(6, promptTokens)
        writer.put(7, completionTokens)
        writer.put(8, cause)
        return writer.finish()
    }

    init(at: Instant, _ reader: inout RecordReader) throws(RecordError) {
        self.at = at
        from = try reader.instant(3)
        to = try reader.instant(4)
        requests = try reader.unsigned(5)
        promptTokens = try reader.unsigned(6)
        completionTokens = try reader.unsigned(7)
        cause = try reader.unsigned(8)
    }
}
