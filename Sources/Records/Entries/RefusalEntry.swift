// SPDX-License-Identifier: Apache-2.0

package import Agreement

/// How a request ended for which no deployment was tried.
package struct RefusalEntry: Sendable, Equatable {
    package var at: Instant
    package var request: RequestID
    /// A refusal of `decide`; `overloaded`, `ledger-unavailable`, `upstream-unavailable`, `state-bound` or `client-gone`;
    /// or by a limit of the key: `rate-limited`, `budget`, `unpriced` or `model-not-allowed`.
    package var reason: String
    /// The clauses that forbid, as `agreement/clause`.
    package var clauses: [String]
    /// The HTTP status that the client got; 0 where it got none.
    package var status: UInt16
    /// Deployments that a decision listed and that were not tried, each with the reason.
    package var passedOver: [PassedOver]

    package init(
        at: Instant, request: RequestID, reason: String, clauses: [String], status: UInt16,
        passedOver: [PassedOver] = []
    ) {
        self.at = at
        self.request = request
        self.reason = reason
        self.clauses = clauses
        self.status = status
        self.passedOver = passedOver
    }

    package func encoded() -> [UInt8] {
        var writer = RecordWriter(.refusal, at: at, fields: 4 + RecordWriter.fields(passedOver))
        writer.put(3, request)
        writer.put(4, reason)
        writer.put(5, clauses)
        writer.put(6, status)
        writer.put(7, deployments: passedOver)
        writer.put(8, reasons: passedOver)
        return writer.finish()
    }

    init(at: Instant, _ reader: inout RecordReader) throws(RecordError) {
        self.at = at
        request = try reader.requestID(3)
        reason = try reader.text(4)
        clauses = try reader.texts(5)
        status = try reader.small(6, as: UInt16.self)
        passedOver = try reader.passedOver(reader.deploymentsPassedOver(7), reasons: 8)
    }
}
