// SPDX-License-Identifier: Apache-2.0

/// The limits of the data plane, each with its unit.
package struct GatewayLimits: Sendable, Equatable {
    /// How much of an answer that is not streamed waits for its end, so that a failure can still move on.
    package static let heldBytesMax = 65_536
    /// How many tries one request may make.
    package static let attemptsMax = 16
    /// How much of a client's unread answer may wait before the upstream is no longer read.
    package static let writeBufferBytesMax = 256 * 1_024

    /// The largest body that a client may send.
    package var requestBodyBytesMax = 32 * 1_024 * 1_024
    /// How many bytes the bodies of all requests may have at once, small ones left out; 503 beyond it.
    package var bodiesBytesMax = 256 * 1_024 * 1_024
    /// How much memory the process may have; from nine tenths on 503 for requests with bodies.
    package var memoryBytesMax = 4 * 1_024 * 1_024 * 1_024
    /// How many clients may be connected at once.
    package var connectionsMax = 10_000
    /// How many requests may be in flight at once; beyond it 503 with `Retry-After`.
    package var requestsMax = 4_096
    /// How long a client may take for the head of a request, in milliseconds.
    package var headMilliseconds: Int64 = 10_000
    /// How long a client may send nothing while its body is awaited, in milliseconds.
    package var bodyIdleMilliseconds: Int64 = 20_000
    /// How long a whole body may take, in milliseconds.
    package var bodyMilliseconds: Int64 = 120_000
    /// How many bytes a second a body must come with once ``bodyIdleMilliseconds`` have passed; 0 for any.
    package var bodyBytesPerSecondMin = 500
    /// How long a connection without a request is kept, in milliseconds.
    package var idleMilliseconds: Int64 = 75_000
    /// How long a client may leave its answer unread, in milliseconds.
    package var writeStallMilliseconds: Int64 = 60_000
    /// How long a connection to an upstream may take, in milliseconds.
    package var connectMilliseconds: Int64 = 5_000
    /// How long an upstream may take for the head of its answer, in milliseconds.
    package var answerMilliseconds: Int64 = 120_000
    /// How long an upstream may be silent in the middle of its answer, in milliseconds.
    package var answerIdleMilliseconds: Int64 = 60_000
    /// How long an unused connection to an upstream is kept, in milliseconds.
    package var upstreamIdleMilliseconds: Int64 = 50_000
    /// How long a stream without content is held back, in milliseconds.
    package var holdMilliseconds: Int64 = 15_000
    /// How often a stream's progress is written to the ledger, in milliseconds.
    package var progressMilliseconds: Int64 = 5_000
    /// How long requests in flight may go on after the order to stop, in milliseconds.
    package var drainMilliseconds: Int64 = 30_000

    /// The limits of moving on from a deployment that fails.
    package var routing = RoutingLimits()

    package init() {}
}
