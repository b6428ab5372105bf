// SPDX-License-Identifier: Apache-2.0

internal import NIOCore
internal import Records

/// When things happened to a request, for its histograms and its line in the access log.
struct RequestTimes {
    /// When the first attempt was sent.
    var dispatched: NIODeadline?
    /// Since when the ledger holds the request back.
    var heldSince: NIODeadline?
    /// How long the ledger held it back in all, in nanoseconds.
    var heldNanoseconds: Int64 = 0
    /// When the first content of a stream went to the client.
    var firstToken: NIODeadline?
    /// When the last content of a stream came.
    var lastToken: NIODeadline?
    /// The row of the `gen_ai` metrics for the last attempt.
    var row: Int?
    /// Our span in the client's trace, for the last attempt; 0 without a trace.
    var span: UInt64 = 0
}

/// How an accepted request ended.
enum RequestEnd {
    case placed(PlacementOutcome, TokenUsage)
    case refused(reason: String)

    typealias PlacementOutcome = PlacementEntry.Outcome
}
